/** The transparent WebGL2 canvas above the map on which all symbols are drawn in one instanced call. */
import { screenRatio } from '../ratio'
import type { Atlas } from './atlas'

/** One sprite to draw; positions are web mercator in 0..1 and glide from `px,py` to `x,y`. */
export interface Instance {
  x: number
  y: number
  px: number
  py: number
  /** Start of the glide on the overlay's clock, ms. */
  start: number
  /** Length of the glide, ms; 0 for things that stand. */
  span: number
  /** Offset on screen, CSS px. */
  dx: number
  dy: number
  /** Degrees clockwise. */
  rotate: number
  sprite: { u0: number; v0: number; u1: number; v1: number; width: number; height: number }
}

const FLOATS = 15
const VERTEX = `#version 300 es
layout(location=0) in vec2 a_corner;
layout(location=1) in vec4 a_path;   // previous x,y and next x,y relative to the origin
layout(location=2) in vec2 a_time;   // start, span (s)
layout(location=3) in vec3 a_shift;  // dx, dy (px), rotation (rad)
layout(location=4) in vec4 a_uv;
layout(location=5) in vec2 a_size;
uniform mat4 u_matrix;
uniform vec2 u_viewport;
uniform float u_now;
uniform float u_ratio;
out vec2 v_uv;
void main() {
  float t = a_time.y > 0.0 ? clamp((u_now - a_time.x) / a_time.y, 0.0, 1.0) : 1.0;
  vec4 at = u_matrix * vec4(mix(a_path.xy, a_path.zw, t), 0.0, 1.0);
  vec2 corner = a_corner * a_size;
  float s = sin(a_shift.z), c = cos(a_shift.z);
  vec2 px = vec2(corner.x * c - corner.y * s, corner.x * s + corner.y * c) + a_shift.xy;
  // Whole device pixels keep unturned symbols crisp.
  vec2 centre = (at.xy / at.w * 0.5 + 0.5) * u_viewport * u_ratio;
  vec2 edge = fract(a_size * u_ratio * 0.5);
  at.xy = ((floor(centre) + edge) / (u_viewport * u_ratio) * 2.0 - 1.0) * at.w;
  at.xy += px * vec2(2.0, -2.0) / u_viewport * at.w;
  v_uv = mix(a_uv.xy, a_uv.zw, a_corner + 0.5);
  gl_Position = at;
}`
const FRAGMENT = `#version 300 es
precision mediump float;
in vec2 v_uv;
uniform sampler2D u_atlas;
out vec4 colour;
void main() { colour = texture(u_atlas, v_uv); }`

export class Overlay {
  readonly canvas: HTMLCanvasElement
  private gl: WebGL2RenderingContext | null = null
  private program: WebGLProgram | null = null
  private buffer: WebGLBuffer | null = null
  private texture: WebGLTexture | null = null
  private uploaded = -1
  private count = 0
  private origin: [number, number] = [0, 0]
  private readonly born = performance.now()

  constructor(private readonly atlas: Atlas) {
    this.canvas = document.createElement('canvas')
    this.canvas.style.cssText = 'position:absolute;inset:0;pointer-events:none;width:100%;height:100%'
    this.canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault()
      this.gl = null
    })
    this.canvas.addEventListener('webglcontextrestored', () => this.setUp())
    this.setUp()
  }

  get ready(): boolean {
    return this.gl !== null
  }

  /** Gives the drawing context back: a browser has only a few of them. */
  destroy(): void {
    this.gl?.getExtension('WEBGL_lose_context')?.loseContext()
    this.gl = null
  }

  /** The overlay's clock, ms. */
  now(): number {
    return performance.now() - this.born
  }

  /** Takes the whole scene, in drawing order. */
  upload(instances: readonly Instance[]): void {
    const { gl } = this
    if (!gl) return
    const first = instances[0]
    this.origin = first ? [first.x, first.y] : [0, 0]
    const [ox, oy] = this.origin
    const data = new Float32Array(instances.length * FLOATS)
    instances.forEach((i, n) => {
      const { u0, v0, u1, v1, width, height } = i.sprite
      const turn = (i.rotate * Math.PI) / 180
      const row = [i.px - ox, i.py - oy, i.x - ox, i.y - oy, i.start / 1000, i.span / 1000, i.dx, i.dy, turn]
      data.set([...row, u0, v0, u1, v1, width, height], n * FLOATS)
    })
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer)
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW)
    this.count = instances.length
  }

  /** `matrix` takes mercator 0..1 to clip space (column-major, float64). */
  draw(matrix: ArrayLike<number>, width: number, height: number): void {
    const { gl } = this
    if (!gl || !this.program) return
    this.fit(gl, width, height)
    if (this.uploaded !== this.atlas.revision) this.uploadAtlas(gl)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
    if (this.count === 0) return
    gl.useProgram(this.program)
    gl.uniformMatrix4fv(gl.getUniformLocation(this.program, 'u_matrix'), false, this.shifted(matrix))
    gl.uniform2f(gl.getUniformLocation(this.program, 'u_viewport'), width, height)
    gl.uniform1f(gl.getUniformLocation(this.program, 'u_now'), this.now() / 1000)
    gl.uniform1f(gl.getUniformLocation(this.program, 'u_ratio'), this.canvas.width / width)
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.count)
  }

  /** The matrix with the origin folded in, computed in float64 so that float32 stays exact below a metre. */
  private shifted(m: ArrayLike<number>): Float32Array {
    const [ox, oy] = this.origin
    const out = Float32Array.from(m)
    for (let row = 0; row < 4; row++)
      out[12 + row] = (m[row] as number) * ox + (m[4 + row] as number) * oy + (m[12 + row] as number)
    return out
  }

  private fit(gl: WebGL2RenderingContext, width: number, height: number): void {
    const ratio = Math.min(2, screenRatio(this.canvas))
    const w = Math.round(width * ratio)
    const h = Math.round(height * ratio)
    if (this.canvas.width !== w || this.canvas.height !== h) {
      this.canvas.width = w
      this.canvas.height = h
    }
    gl.viewport(0, 0, w, h)
  }

  private uploadAtlas(gl: WebGL2RenderingContext): void {
    gl.bindTexture(gl.TEXTURE_2D, this.texture)
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, this.atlas.canvas)
    this.uploaded = this.atlas.revision
  }

  private setUp(): void {
    const gl = this.canvas.getContext('webgl2', { alpha: true, antialias: false, premultipliedAlpha: true })
    if (!gl) return
    this.gl = gl
    this.uploaded = -1
    this.program = link(gl)
    this.texture = gl.createTexture()
    gl.bindTexture(gl.TEXTURE_2D, this.texture)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    const corners = gl.createBuffer()
    gl.bindBuffer(gl.ARRAY_BUFFER, corners)
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-0.5, -0.5, 0.5, -0.5, -0.5, 0.5, 0.5, 0.5]), gl.STATIC_DRAW)
    attribute(gl, 0, 2, 0, 0, 0)
    this.buffer = gl.createBuffer()
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer)
    let offset = 0
    for (const [index, size] of [4, 2, 3, 4, 2].entries()) {
      attribute(gl, index + 1, size, FLOATS * 4, offset * 4, 1)
      offset += size
    }
  }
}

function attribute(gl: WebGL2RenderingContext, at: number, size: number, stride: number, offset: number, divisor: number) {
  gl.enableVertexAttribArray(at)
  gl.vertexAttribPointer(at, size, gl.FLOAT, false, stride, offset)
  gl.vertexAttribDivisor(at, divisor)
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) continue
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) console.error(gl.getProgramInfoLog(program))
  return program
}
