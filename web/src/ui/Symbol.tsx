/** A map symbol drawn in a panel. */
import { isLetters, type Primitive, type Symbol2d } from '../map/symbols/primitives'
import { FONT_NUMBER } from '../theme/tokens'

interface Props {
  symbol: Symbol2d
  size: number
  /** Half the visible box, symbol units; cuts away the room kept for modifiers. */
  half?: number
}

export function Symbol({ symbol, size, half = 17 }: Props) {
  const ratio = symbol.halfWidth > symbol.halfHeight && half > 20 ? symbol.halfHeight / symbol.halfWidth : 1
  return (
    <svg
      className="symbol"
      width={size}
      height={size * ratio}
      viewBox={`${-half} ${-half * ratio} ${2 * half} ${2 * half * ratio}`}
      aria-hidden="true"
    >
      {symbol.primitives.map((primitive, i) => (
        <Part key={i} primitive={primitive} />
      ))}
    </svg>
  )
}

function Part({ primitive: p }: { primitive: Primitive }) {
  if (isLetters(p))
    return (
      <text x={p.x} y={p.y} fontSize={p.size} fontWeight={p.weight ?? 700} fill={p.fill} textAnchor={p.anchor ?? 'middle'} style={{ fontFamily: FONT_NUMBER }}>
        {p.text}
      </text>
    )
  const transform = `translate(${p.dx ?? 0} ${p.dy ?? 0}) rotate(${p.rotate ?? 0})`
  return (
    <>
      <path
        d={p.d}
        transform={transform}
        fill={p.fill ?? 'none'}
        fillOpacity={p.fillOpacity}
        stroke={p.stroke}
        strokeWidth={p.width}
        strokeOpacity={p.strokeOpacity}
        strokeDasharray={p.dash?.join(' ')}
        strokeLinecap={p.cap}
        strokeLinejoin="round"
      />
      {p.hatch && <path d="M-9 1L1 -9M-8 7L7 -8M-2 9L9 -2" stroke={p.hatch} strokeWidth="2.2" strokeOpacity=".55" />}
    </>
  )
}
