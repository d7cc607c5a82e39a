/** The base map of this page: asked for once, as soon as the server answers; most installations have none of their own. */
import { useEffect, useState } from 'react'
import { getBaseMap } from '../api/basemap'
import type { Base } from '../map/base/base'

async function loadBase(): Promise<Base | null> {
  const view = await getBaseMap()
  if (view.kind === 'packaged') return null
  const { openBase } = await import('../map/base/open')
  return openBase(view)
}

/** Undefined until it is known. `answers`: the server does. */
export function useBase(answers: boolean): Base | null | undefined {
  const [base, setBase] = useState<Base | null>()
  useEffect(() => {
    // A map without it is better than no map.
    if (answers) loadBase().then(setBase, () => setBase(null))
  }, [answers])
  return base
}
