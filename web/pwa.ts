/** Build plugin: writes the list of the shell's files and their version into the service worker. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Plugin, Rolldown } from 'vite'

/** Files of `public/` that belong to the shell. */
const PUBLIC = ['manifest.webmanifest', 'favicon.svg', 'favicon-drill.svg', 'icons/crew-192.png']
const CREW = '/src/crew/CrewScreen.tsx'

export function crewShell(): Plugin {
  return {
    name: 'crew-shell',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const worker = bundle['sw.js']
      const page = bundle['index.html']
      if (worker?.type !== 'chunk' || page?.type !== 'asset') throw new Error('no service worker or no page in the bundle')
      const files = shell(bundle).sort()
      const hash = createHash('sha256').update(page.source)
      for (const file of files) hash.update(file)
      for (const file of PUBLIC) hash.update(readFileSync(`public/${file}`))
      const list = ['/', ...PUBLIC.map((file) => `/${file}`), ...files.map((file) => `/${file}`)]
      worker.code = worker.code.replace('__SHELL__', JSON.stringify(list)).replace('__VERSION__', hash.digest('hex').slice(0, 16))
    },
  }
}

/** The entry, the crew's screen, and everything that they import, styles and fonts included. */
function shell(bundle: Rolldown.OutputBundle): string[] {
  const chunks = Object.values(bundle).filter((file): file is Rolldown.OutputChunk => file.type === 'chunk')
  const wanted = new Set<string>()
  const take = (name: string) => {
    const chunk = bundle[name]
    if (wanted.has(name) || chunk?.type !== 'chunk') return
    wanted.add(name)
    chunk.imports.forEach(take)
    const { importedCss, importedAssets } = (chunk as { viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> } }).viteMetadata ?? {}
    for (const file of [...(importedCss ?? []), ...(importedAssets ?? [])]) wanted.add(file)
  }
  const starts = chunks.filter((chunk) => (chunk.isEntry && chunk.fileName !== 'sw.js') || chunk.facadeModuleId?.endsWith(CREW) || chunk.moduleIds.some((id) => id.endsWith(CREW)))
  for (const chunk of starts) take(chunk.fileName)
  for (const name of Object.keys(bundle)) if (name.endsWith('.woff2')) wanted.add(name)
  return [...wanted]
}
