import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { crewShell } from './pwa.ts'

const server = process.env.CHIYUAN_DEV_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react(), crewShell()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // Inline assets would need data: in font-src; the policy of the server does not allow that.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1600,
    rolldownOptions: {
      input: { main: 'index.html', sw: 'src/crew/pwa/sw.ts' },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        codeSplitting: {
          groups: [
            { name: 'map', test: /node_modules[\\/]maplibre-gl/ },
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-)/ },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': { target: server, ws: true }, '/health': server, '/basemap/tiles.pmtiles': server } },
  test: { include: ['tests/**/*.test.{ts,tsx}'], environment: 'node' },
})
