/** The base types that properties, parameters and fields have, those used most first. */
export const baseTypes = [
  'STRING', 'NUMBER', 'INTEGER', 'LONG', 'BOOLEAN', 'DATETIME', 'INFOTABLE', 'JSON', 'TEXT', 'THINGNAME', 'USERNAME', 'LOCATION', 'TIMESPAN', 'TAGS', 'XML', 'HTML', 'QUERY', 'VARIANT',
  'BLOB', 'IMAGE', 'HYPERLINK', 'IMAGELINK', 'PASSWORD', 'GUID', 'SCHEDULE', 'VEC2', 'VEC3', 'VEC4', 'THINGCODE', 'THINGTEMPLATENAME', 'THINGSHAPENAME', 'DATASHAPENAME', 'GROUPNAME',
  'ORGANIZATIONNAME', 'PROJECTNAME', 'NETWORKNAME', 'APPLICATIONKEYNAME', 'MODELTAGVOCABULARYNAME', 'DATATAGVOCABULARYNAME', 'PERSISTENCEPROVIDERNAME', 'PROPERTYNAME', 'SERVICENAME',
  'EVENTNAME', 'BASETYPENAME', 'MASHUPNAME', 'MENUNAME', 'MEDIAENTITYNAME', 'CATEGORYNAME',
] as const;

const kindsByType: Readonly<Record<string, string>> = {
  THINGNAME: 'Things', THINGTEMPLATENAME: 'ThingTemplates', THINGSHAPENAME: 'ThingShapes', DATASHAPENAME: 'DataShapes', USERNAME: 'Users', GROUPNAME: 'Groups', ORGANIZATIONNAME: 'Organizations',
  PROJECTNAME: 'Projects', NETWORKNAME: 'Networks', APPLICATIONKEYNAME: 'ApplicationKeys', MODELTAGVOCABULARYNAME: 'ModelTags', DATATAGVOCABULARYNAME: 'DataTags', PERSISTENCEPROVIDERNAME: 'PersistenceProviders',
};

/** The kind whose entities a base type names, such as Things for THINGNAME. */
export const kindOfBaseType = (baseType: string): string | undefined => kindsByType[baseType];
