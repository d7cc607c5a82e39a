import { describe, expect, it } from 'vitest'
import { freshnessOf } from '../src/domain/freshness'
import type { FeedStatus } from '../src/feed/connection'

const status = (over: Partial<FeedStatus>): FeedStatus => ({ phase: 'live', since: 1, behind: null, inStep: true, resyncing: false, ...over })

describe('freshness', () => {
  it.each([
    [status({}), false, { state: 'live', verified: true }],
    [status({ inStep: false }), false, { state: 'live', verified: false }],
    [status({}), true, { state: 'frozen' }],
    [status({ phase: 'catching_up', behind: 12, inStep: false }), true, { state: 'catching_up', behind: 12 }],
    [status({ phase: 'catching_up', inStep: false, resyncing: true }), false, { state: 'reloading' }],
    [status({ phase: 'offline', inStep: false, resyncing: true, since: 7 }), true, { state: 'offline', since: 7 }],
    [status({ phase: 'signed_out', since: 9 }), true, { state: 'signed_out', since: 9 }],
    [status({ phase: 'connecting', inStep: false }), false, { state: 'connecting' }],
  ] as const)('the worst thing that is true, %#', (given, frozen, wanted) => {
    expect(freshnessOf(given, frozen)).toEqual(wanted)
  })
})
