import { createDarkTheme, createLightTheme, type BrandVariants, type Theme } from '@fluentui/react-components';

/** "Baltic": a petrol ramp, far from every state colour. */
const baltic: BrandVariants = {
  10: '#04141B', 20: '#082530', 30: '#0B3443', 40: '#0D4254', 50: '#0E4E63', 60: '#0E5972', 70: '#0F6480', 80: '#106E8C',
  90: '#2A83A1', 100: '#4698B5', 110: '#5FACC8', 120: '#7BC0D9', 130: '#98D2E7', 140: '#B5E1F1', 150: '#D0EDF8', 160: '#E7F5FB',
};

const shared = {
  fontFamilyBase: "'Inter Variable', 'Segoe UI', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', 'Cascadia Mono', monospace",
  fontFamilyNumeric: "'Inter Variable', system-ui, sans-serif",
  fontSizeBase100: '11px', lineHeightBase100: '14px',
  fontSizeBase200: '12px', lineHeightBase200: '16px',
  fontSizeBase300: '13px', lineHeightBase300: '18px',
  fontSizeBase400: '15px', lineHeightBase400: '20px',
  fontSizeBase500: '18px', lineHeightBase500: '24px',
  borderRadiusSmall: '2px', borderRadiusMedium: '4px', borderRadiusLarge: '6px', borderRadiusXLarge: '8px',
};

export const light: Theme = {
  ...createLightTheme(baltic), ...shared,
  colorNeutralForeground1: '#14202A', colorNeutralForeground2: '#3A4853', colorNeutralForeground3: '#566570', colorNeutralForeground4: '#62717C',
  colorNeutralBackground1: '#FFFFFF', colorNeutralBackground1Hover: '#F3F6F8', colorNeutralBackground1Selected: '#E9F0F3',
  colorNeutralBackground2: '#F7F9FA', colorNeutralBackground3: '#EFF2F4', colorNeutralBackground4: '#E6EAED',
  colorSubtleBackgroundHover: '#EDF1F3', colorSubtleBackgroundSelected: '#E4EAED',
  colorNeutralStroke1: '#C9D1D7', colorNeutralStroke2: '#DDE3E7', colorNeutralStroke3: '#EAEEF0', colorNeutralStrokeAccessible: '#6B7983',
  colorBrandForeground1: '#0F6480', colorCompoundBrandForeground1: '#0F6480',
  colorStatusWarningBackground1: '#FDF2DA', colorStatusWarningBorder1: '#E3C27F', colorStatusWarningForeground1: '#7D4B00', colorStatusWarningForeground3: '#7D4B00',
  colorStatusDangerBackground1: '#FCE9E9', colorStatusDangerBorder1: '#E3A0A3', colorStatusDangerForeground1: '#A51D24',
  colorPaletteRedForeground1: '#A51D24', colorPaletteRedForeground3: '#A51D24', colorPaletteRedBorder2: '#A51D24',
  colorStrokeFocus2: '#0F6480', colorPaletteGreenForeground3: '#0B6339', colorStatusSuccessForeground3: '#0B6339',
};

export const dark: Theme = {
  ...createDarkTheme(baltic), ...shared,
  colorNeutralForeground1: '#E6ECF0', colorNeutralForeground2: '#C2CCD3', colorNeutralForeground3: '#98A6B0', colorNeutralForeground4: '#8896A0',
  colorNeutralBackground1: '#172027', colorNeutralBackground1Hover: '#1E2931', colorNeutralBackground1Selected: '#22303A',
  colorNeutralBackground2: '#11191F', colorNeutralBackground3: '#0D1419', colorNeutralBackground4: '#222D35',
  colorSubtleBackgroundHover: '#212C34', colorSubtleBackgroundSelected: '#283640',
  colorNeutralStroke1: '#3E4B55', colorNeutralStroke2: '#2C3841', colorNeutralStroke3: '#232E36', colorNeutralStrokeAccessible: '#8A98A2',
  colorBrandForeground1: '#7BC0D9', colorBrandForegroundLink: '#7BC0D9', colorCompoundBrandForeground1: '#7BC0D9',
  colorCompoundBrandStroke: '#5FACC8', colorCompoundBrandBackground: '#5FACC8', colorBrandStroke1: '#5FACC8',
  colorStatusWarningBackground1: '#362A10', colorStatusWarningBorder1: '#6B5220', colorStatusWarningForeground1: '#F0BE5E', colorStatusWarningForeground3: '#F0BE5E',
  colorStatusDangerBackground1: '#3D1A1C', colorStatusDangerBorder1: '#7A3236', colorStatusDangerForeground1: '#FF9A9A',
  colorPaletteRedForeground1: '#FF9A9A', colorPaletteRedForeground3: '#FF9A9A', colorPaletteRedBorder2: '#FF9A9A',
  colorStrokeFocus2: '#7BC0D9', colorPaletteGreenForeground3: '#79D9A8', colorStatusSuccessForeground3: '#79D9A8',
};
