//! The TCP socket under a connection: options that notice dead peers, and a handle that can always end it.

use std::{any::Any, io, net::Shutdown, sync::Arc, time::Duration};

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::{HttpRequest, dev::Extensions, rt::net::TcpStream};
use socket2::{SockRef, TcpKeepalive};

/// Sent data that is not acknowledged for this long ends a connection (D3).
const UNACKNOWLEDGED: Duration = Duration::from_secs(10);
/// A silent connection is probed after this long, and again so often.
const PROBE_EVERY: Duration = Duration::from_secs(10);
/// What the kernel buffers of a feed for a slow peer, bytes; it doubles this for its own needs (D3).
const SEND_BUFFER: usize = 64 * 1024;

/// A second handle of a connection's socket. The library keeps the first for as long as it hopes to write.
#[derive(Clone)]
pub struct Socket(Arc<socket2::Socket>);

impl Socket {
    /// The socket of a request, if the server was built with [`on_connect`].
    #[must_use]
    pub fn of(request: &HttpRequest) -> Option<Self> {
        request.conn_data::<Self>().cloned()
    }

    /// Lets the kernel buffer only little, so that what waits stays here, where newer fixes replace older.
    pub fn buffer_little(&self) {
        if let Err(error) = self.0.set_send_buffer_size(SEND_BUFFER) {
            tracing::debug!(%error, "send buffer not set");
        }
    }

    /// Ends the connection after what has been sent.
    pub fn end(&self) {
        // An error means that the peer was faster.
        let _ = self.0.shutdown(Shutdown::Both);
    }

    /// Ends the connection at once with a reset, whatever still waits: a peer that goes on sending into a full
    /// window would otherwise hold kernel memory for a minute.
    pub fn cut(&self) {
        let _ = self.0.set_linger(Some(Duration::ZERO));
        self.end();
    }
}

/// For `HttpServer::on_connect`: sets the options of every connection and keeps a handle of its socket.
pub fn on_connect(connection: &dyn Any, data: &mut Extensions) {
    let stream = connection.downcast_ref::<TcpStream>().or_else(|| {
        connection
            .downcast_ref::<TlsStream<TcpStream>>()
            .map(|tls| tls.get_ref().0)
    });
    let Some(stream) = stream else {
        return;
    };
    match prepare(&SockRef::from(stream)) {
        Ok(socket) => {
            data.insert(Socket(Arc::new(socket)));
        }
        Err(error) => tracing::debug!(%error, "socket not prepared"),
    }
}

fn prepare(socket: &SockRef<'_>) -> io::Result<socket2::Socket> {
    socket.set_tcp_nodelay(true)?;
    socket.set_tcp_user_timeout(Some(UNACKNOWLEDGED))?;
    socket.set_tcp_keepalive(
        &TcpKeepalive::new()
            .with_time(PROBE_EVERY)
            .with_interval(PROBE_EVERY),
    )?;
    socket.try_clone()
}
