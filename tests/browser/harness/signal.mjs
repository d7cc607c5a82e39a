// The way between a phone and the server: a TCP proxy that can lose its signal. (The browser's own offline switch does
// not reach service workers.)
import { createServer, connect } from 'node:net'

export class Signal {
  static async start(test, port) {
    const signal = new Signal(port)
    await new Promise((resolve) => signal.server.listen(0, '127.0.0.1', resolve))
    test.after(() => signal.end())
    return signal
  }

  constructor(port) {
    this.lost = false
    this.sockets = new Set()
    this.server = createServer((phone) => {
      if (this.lost) return phone.destroy()
      const server = connect(port, '127.0.0.1')
      for (const [one, other] of [[phone, server], [server, phone]]) {
        this.sockets.add(one)
        one.on('error', () => other.destroy())
        one.on('close', () => (this.sockets.delete(one), other.destroy()))
        one.pipe(other)
      }
    })
  }

  get base() {
    return `http://127.0.0.1:${this.server.address().port}`
  }

  lose() {
    this.lost = true
    for (const socket of this.sockets) socket.destroy()
  }

  find() {
    this.lost = false
  }

  end() {
    this.lose()
    this.server.close()
  }
}
