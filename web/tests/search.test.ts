import { describe, expect, it } from 'vitest'
import { search } from '../src/domain/search'
import { Picture } from '../src/feed/picture'
import { ambulance } from './build'

const picture = new Picture()
picture.put({ kind: 'ambulance', id: 'amb-1', entity: ambulance('amb-1', { name: '阳泉 C02', plate: '晋C·J1202' }) })

describe('search', () => {
  it('finds by name and by plate, whatever the dots and spaces', () => {
    for (const text of ['阳泉C02', 'c02', '晋CJ1202', 'j1202']) expect(search(picture, text)[0]?.id, text).toBe('amb-1')
  })
  it('reads coordinates in both orders', () => {
    for (const text of ['113.58, 37.86', '37.86 113.58', '37.86，113.58']) expect(search(picture, text)[0]).toMatchObject({ kind: 'point', lon: 113.58, lat: 37.86 })
  })
  it('finds nothing in nothing', () => {
    expect(search(picture, '  ')).toEqual([])
    expect(search(picture, 'zzz')).toEqual([])
  })
})
