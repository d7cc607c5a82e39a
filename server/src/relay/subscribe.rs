//! Hears other servers: a connection of its own, subscribed anew after every break; what was missed meanwhile is
//! read from the database.

use std::{sync::Arc, time::Duration};

use futures_util::StreamExt;
use redis::{
    Client, RedisError,
    aio::{PubSubSink, PubSubStream},
};

use super::frame::{Message, WireFix};
use crate::app::App;

/// Connecting and subscribing.
const CONNECT_WITHIN: Duration = Duration::from_secs(1);
/// Between two tries.
const TRY_AGAIN: Duration = Duration::from_millis(500);
/// Silence after which Redis is asked whether it is there.
const PING_AFTER: Duration = Duration::from_secs(1);
/// Its answer; a frozen Redis is left after this.
const PONG_WITHIN: Duration = Duration::from_secs(1);

pub(super) async fn run(app: Arc<App>, client: Client) {
    loop {
        if let Some(prefix) = super::prefix(&app) {
            match tokio::time::timeout(CONNECT_WITHIN, subscribe(&client, &prefix)).await {
                Ok(Ok((sink, stream))) => {
                    if app.relay.state.set_subscribed(true) {
                        tracing::info!("relay subscribed");
                    }
                    // Whatever was said before this moment is in the database.
                    app.worlds()
                        .iter()
                        .for_each(|world| world.executor().hint());
                    super::poll::once(&app, &mut super::poll::Seen::default()).await;
                    listen(&app, &prefix, sink, stream).await;
                }
                Ok(Err(error)) => tracing::debug!(%error, "relay not subscribed"),
                Err(_) => tracing::debug!("relay not subscribed in time"),
            }
            if app.relay.state.set_subscribed(false) {
                tracing::warn!("relay lost; positions and journal are read from the database");
            }
        }
        tokio::time::sleep(TRY_AGAIN).await;
    }
}

async fn subscribe(
    client: &Client,
    prefix: &str,
) -> Result<(PubSubSink, PubSubStream), RedisError> {
    let (mut sink, stream) = client.get_async_pubsub().await?.split();
    sink.subscribe(format!("{prefix}:relay")).await?;
    Ok((sink, stream))
}

/// Takes messages until the connection breaks or the database is another one.
async fn listen(app: &App, prefix: &str, mut sink: PubSubSink, mut stream: PubSubStream) {
    let mut ping = tokio::time::interval(PING_AFTER);
    ping.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            message = stream.next() => match message {
                Some(message) => hear(app, message.get_payload_bytes()),
                None => return,
            },
            _ = ping.tick() => {
                let pong = tokio::time::timeout(PONG_WITHIN, sink.ping::<redis::Value>()).await;
                if !matches!(pong, Ok(Ok(_))) || super::prefix(app).as_deref() != Some(prefix) {
                    return;
                }
                app.relay.state.answered();
            }
        }
    }
}

fn hear(app: &App, payload: &[u8]) {
    let message: Message = match serde_json::from_slice(payload) {
        Ok(message) => message,
        Err(error) => return tracing::warn!(%error, "unreadable message on the relay"),
    };
    if message.from == app.relay.me {
        return;
    }
    app.relay.state.received();
    let Some(world) = app.world(&message.world) else {
        return;
    };
    if message.seq.is_some_and(|seq| seq > world.seq()) {
        world.executor().hint();
    }
    let fixes: Vec<_> = message.fixes.into_iter().filter_map(WireFix::fix).collect();
    if !fixes.is_empty() {
        world.take_fixes(&fixes);
    }
}
