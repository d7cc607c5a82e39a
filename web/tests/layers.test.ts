import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

function imports(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/from '([^']+)'/g)].map((m): [string, string] => [join(folder, name), m[1]!]))
}

describe('layers', () => {
  it.each(['src/feed', 'src/domain'])('%s knows neither React nor the map nor the screens', (folder) => {
    for (const [file, from] of imports(folder)) expect(from, file).not.toMatch(/^react|antd|maplibre|\/(map|ops|app|ui|drill)\//)
  })

  it('only the map adapter and its style know MapLibre', () => {
    const users = imports('src').filter(([, from]) => from.startsWith('maplibre-gl')).map(([file]) => file)
    expect([...new Set(users)].sort()).toEqual(['src/map/base/base.ts', 'src/map/base/layers.ts', 'src/map/base/open.ts', 'src/map/base/schema.ts', 'src/map/drawnStyle.ts', 'src/map/mapView.ts', 'src/map/style.ts'])
  })
})
