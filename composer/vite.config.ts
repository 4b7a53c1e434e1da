import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The server that the development pages talk to.
const server = process.env['HANSA_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/Thingworx/Composer/',
  plugins: [react()],
  build: { target: 'es2022', manifest: true, chunkSizeWarningLimit: 1200 },
  server: { proxy: { '^/Thingworx/(?!Composer)': { target: server, ws: true } } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
});
