//! One socket: a body that is asked for frames as the socket drains, and a task that reads, watches and ends it.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::{Arc, atomic::Ordering},
    task::{Context, Poll},
    time::Duration,
};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    body::{BodySize, BoxBody, MessageBody},
    dev,
    web::{self, Bytes},
};
use futures_util::{StreamExt, future::LocalBoxFuture};
use tokio::{
    sync::watch,
    time::{Instant, MissedTickBehavior},
};

use super::{
    Hub, Position,
    client::{Client, Next, SLOW},
    connections::{Connections, Place, RIGHTS_CHANGED, SESSION_ENDED},
    inbound::{Closing, Inbound, Received, code},
    message::Scope,
    socket::Socket,
};
use crate::{
    account::Hold,
    api::error::{ApiError, Code},
    world::WorldRuntime,
};

/// How often a connection is looked at.
pub const TICK: Duration = Duration::from_millis(500);
/// A socket that has room for nothing during so many looks is slow: 8 s. It costs only its own small buffers
/// meanwhile, and a screen on a busy machine or a poor line gets the time to catch up.
const SLOW_TICKS: u32 = 16;
/// Ticks between two looks at the session, 1 s, should no ending have been heard of (S8, S20).
const SESSION_TICKS: u32 = 2;
/// How long the session may take to be looked up; a database that is away closes no screens.
const SESSION_WITHIN: Duration = Duration::from_millis(500);
/// How long a closing handshake may take.
const GOODBYE: Duration = Duration::from_millis(1_000);

/// Between the close frame and the reset of a peer that was sent away.
const LAST_WORDS: Duration = Duration::from_millis(250);

/// Who follows what, and from where.
pub struct Subscription {
    pub world: Arc<WorldRuntime>,
    pub scope: Scope,
    /// Where to go on; none starts with a snapshot.
    pub resume: Option<Position>,
    /// Name of the actor, for the limits.
    pub account: String,
    /// Asked whether the session or token still holds.
    pub hold: AskHold,
    /// Changes whenever some session or token no longer does.
    pub endings: watch::Receiver<()>,
}

/// Answers whether a session or token still holds.
pub type AskHold = Box<dyn Fn() -> LocalBoxFuture<'static, Hold>>;

/// Answers an upgrade and starts the feed.
///
/// # Errors
/// [`Code::UpgradeNeeded`] if it is no WebSocket handshake; those of [`Connections::admit`].
pub fn open(
    connections: &Arc<Connections>,
    subscription: Subscription,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, ApiError> {
    // No extension is ever negotiated: compression would mix secrets with what others choose (S4).
    let response = handshake(request)?;
    let place = connections.admit(&subscription.account)?;
    let socket = Socket::of(request);
    if let Some(socket) = &socket {
        socket.buffer_little();
    }
    let Subscription {
        world,
        scope,
        resume,
        hold,
        endings,
        ..
    } = subscription;
    let client = Arc::new(Client::new(Arc::clone(&world), scope, resume));
    place.enter(Arc::clone(&client), socket.clone());
    world.hub().subscribe(&client);
    let body = Body {
        client: Arc::clone(&client),
        connections: Arc::clone(connections),
    };
    let connection = Connection {
        connections: Arc::clone(connections),
        client,
        hold,
        socket,
        _place: place,
    };
    actix_web::rt::spawn(connection.run(payload, endings));
    Ok(response.map_body(|_, _| BoxBody::new(body)))
}

/// The handshake of actix-ws with a body of our own instead of its session: the session pushes into a queue and
/// cannot say when the socket has drained, and its stream buffers a frame of any announced length.
fn handshake(request: &HttpRequest) -> Result<HttpResponse, ApiError> {
    let nothing = web::Payload::from_request(request, &mut dev::Payload::None).into_inner();
    let refused = |error: actix_web::Error| ApiError::new(Code::UpgradeNeeded, error.to_string());
    let (response, _session, _messages) =
        actix_ws::handle(request, nothing.map_err(refused)?).map_err(refused)?;
    Ok(response)
}

/// The frames to the client. The server asks for the next only when its write buffer has room.
struct Body {
    client: Arc<Client>,
    connections: Arc<Connections>,
}

impl MessageBody for Body {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Infallible>>> {
        // Registered before asking, so that nothing slips in between.
        self.client.waker.register(context.waker());
        match self.client.next() {
            Next::Send(frame) => {
                let counters = &self.connections.counters;
                counters.messages_sent.fetch_add(1, Ordering::Relaxed);
                counters
                    .bytes_sent
                    .fetch_add(frame.len() as u64, Ordering::Relaxed);
                Poll::Ready(Some(Ok(frame)))
            }
            Next::Wait => Poll::Pending,
            Next::End => Poll::Ready(None),
        }
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        self.client.leave();
    }
}

struct Connection {
    connections: Arc<Connections>,
    client: Arc<Client>,
    hold: AskHold,
    socket: Option<Socket>,
    _place: Place,
}

/// What the looks at a connection have seen.
#[derive(Default)]
struct Watchman {
    ticks: u32,
    pulls: u64,
    stuck_ticks: u32,
}

impl Connection {
    async fn run(self, mut payload: web::Payload, mut endings: watch::Receiver<()>) {
        let closing = self.serve(&mut payload, &mut endings).await;
        let rude = closing
            .as_ref()
            .is_some_and(|closing| closing.code != code::NORMAL);
        if let Some(closing) = closing {
            self.client.close(closing);
            let _ = tokio::time::timeout(GOODBYE, self.say_goodbye(&mut payload)).await;
        }
        let Some(socket) = &self.socket else { return };
        if rude {
            // The close frame is on its way; a reset may overtake nothing but itself.
            tokio::time::sleep(LAST_WORDS).await;
            socket.cut();
        } else {
            socket.end();
        }
    }

    /// Lets the close frame leave, and the peer answer it.
    async fn say_goodbye(&self, payload: &mut web::Payload) {
        while !self.client.is_gone() {
            tokio::select! {
                chunk = payload.next() => if !matches!(chunk, Some(Ok(_))) { break },
                () = self.client.attention.notified() => {}
            }
        }
    }

    /// Serves until the socket is gone, or there is a reason to close it.
    async fn serve(
        &self,
        payload: &mut web::Payload,
        endings: &mut watch::Receiver<()>,
    ) -> Option<Closing> {
        let mut inbound = Inbound::new(Instant::now());
        let mut heard = Instant::now();
        let mut watchman = Watchman::default();
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            if self.client.is_gone() {
                return None;
            }
            if let Some(closing) = self.client.closing() {
                self.count_slow(closing.code);
                return Some(closing);
            }
            if self.client.wants_snapshot() {
                let snapshot = Hub::snapshot(self.client.world(), self.client.scope()).await;
                self.client.begin(snapshot?);
            }
            let outcome = tokio::select! {
                chunk = payload.next() => {
                    let Some(Ok(chunk)) = chunk else { return None };
                    heard = Instant::now();
                    self.hear(&mut inbound, &chunk)
                }
                () = self.client.attention.notified() => Ok(()),
                Ok(()) = endings.changed() => self.look_at_hold().await,
                _ = ticks.tick() => self.look(&mut watchman, heard).await,
            };
            if let Err(closing) = outcome {
                return Some(closing);
            }
        }
    }

    fn hear(&self, inbound: &mut Inbound, chunk: &[u8]) -> Result<(), Closing> {
        let outcome = self.obey(inbound, chunk);
        if outcome
            .as_ref()
            .is_err_and(|closing| closing.code != code::NORMAL)
        {
            self.connections
                .counters
                .misbehaved
                .fetch_add(1, Ordering::Relaxed);
        }
        outcome
    }

    fn obey(&self, inbound: &mut Inbound, chunk: &[u8]) -> Result<(), Closing> {
        let now = Instant::now();
        inbound.take(chunk, now)?;
        while let Some(received) = inbound.next(now)? {
            match received {
                Received::Watch(bounds) => self.client.watch(bounds),
                Received::Ping(payload) => self.client.pong(payload),
                Received::Pong => {}
                Received::Close => return Err(Closing::new(code::NORMAL, "")),
            }
        }
        Ok(())
    }

    async fn look(&self, watchman: &mut Watchman, heard: Instant) -> Result<(), Closing> {
        watchman.ticks = watchman.ticks.wrapping_add(1);
        if watchman.stuck(&self.client) && !crate::mutant::is("unbounded_events") {
            self.count_slow(SLOW);
            return Err(Closing::new(SLOW, "resume from your seq"));
        }
        let patience = self.connections.patience;
        if heard.elapsed() > patience.silent_after {
            self.connections
                .counters
                .silent_cuts
                .fetch_add(1, Ordering::Relaxed);
            return Err(Closing::new(SLOW, "no pong; resume from your seq"));
        }
        if watchman.ticks.is_multiple_of(patience.ping_ticks) {
            self.client.ping();
        }
        if watchman.ticks.is_multiple_of(SESSION_TICKS) {
            self.look_at_hold().await?;
        }
        Ok(())
    }

    /// Ends a feed whose session or token no longer holds.
    async fn look_at_hold(&self) -> Result<(), Closing> {
        match tokio::time::timeout(SESSION_WITHIN, (self.hold)()).await {
            Ok(Hold::Ended) => Err(Closing::new(SESSION_ENDED, "log in again")),
            Ok(Hold::RightsChanged) => {
                Err(Closing::new(RIGHTS_CHANGED, "your rights have changed"))
            }
            Ok(Hold::Good) | Err(_) => Ok(()),
        }
    }

    fn count_slow(&self, code: u16) {
        if code == SLOW {
            self.connections
                .counters
                .slow_cuts
                .fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Watchman {
    /// Whether the socket has had no room for [`SLOW_TICKS`]. Ticks are counted, not time, so that a busy machine
    /// is not taken for a slow client.
    fn stuck(&mut self, client: &Client) -> bool {
        let (pulls, idle) = client.progress();
        self.stuck_ticks = if idle || pulls != self.pulls {
            0
        } else {
            self.stuck_ticks + 1
        };
        self.pulls = pulls;
        self.stuck_ticks >= SLOW_TICKS
    }
}
