//! A body must arrive in time: the connection of one that trickles is not held for ever (rule D6).

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{dev::Payload, error::PayloadError, web::Bytes};
use futures_util::{FutureExt, Stream};
use tokio::time::Sleep;

/// A body arrives within this time.
pub const BODY_WITHIN: Duration = Duration::from_secs(10);

/// A payload that fails when its time is over.
struct Timed {
    payload: Payload,
    deadline: Pin<Box<Sleep>>,
}

impl Stream for Timed {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.deadline.poll_unpin(cx).is_ready() {
            return Poll::Ready(Some(Err(too_slow())));
        }
        Pin::new(&mut self.payload).poll_next(cx)
    }
}

fn too_slow() -> PayloadError {
    PayloadError::Io(io::Error::from(io::ErrorKind::TimedOut))
}

/// The same payload with a deadline.
pub fn timed(payload: Payload) -> Payload {
    if matches!(payload, Payload::None) {
        return payload;
    }
    Payload::Stream {
        payload: Box::pin(Timed {
            payload,
            deadline: Box::pin(tokio::time::sleep(BODY_WITHIN)),
        }),
    }
}

/// Whether this error is our deadline.
pub fn is_too_slow(error: &PayloadError) -> bool {
    matches!(error, PayloadError::Io(error) if error.kind() == io::ErrorKind::TimedOut)
}
