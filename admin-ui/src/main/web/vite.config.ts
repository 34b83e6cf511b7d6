import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mockBackend } from './mock/plugin';

// `vite build --outDir <dir>` puts the result elsewhere than dist/, which is what Maven does.
export default defineConfig(({ mode }) => ({
  // Relative, so that the UI also works under a path of a reverse proxy.
  base: './',
  plugins: [react(), ...(mode === 'mock' ? [mockBackend()] : [])],
  build: {
    emptyOutDir: true,
    chunkSizeWarningLimit: 800,
    rollupOptions: {
      output: {
        manualChunks(id) {
          if (/node_modules\/(react|react-dom|scheduler|react-router|@tanstack)\//.test(id)) return 'react';
          return undefined;
        },
      },
    },
  },
  server: {
    proxy: mode === 'mock' ? undefined : { '/api': process.env.SLUICE_ADMIN_URL ?? 'http://localhost:8080' },
  },
}));
