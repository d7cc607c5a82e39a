//! Tells other servers; what cannot be sent is dropped, since they read journal and latest fixes themselves then.

use std::{sync::Arc, time::Duration};

use redis::{
    AsyncCommands, Client,
    aio::{ConnectionManager, ConnectionManagerConfig},
};

use super::{
    CALL_WITHIN,
    frame::{MAX_FIXES, Message, WireFix},
    outbox::Waiting,
};
use crate::app::App;

/// Fixes are gathered this long; hints of that time wait with them.
const GATHER: Duration = Duration::from_millis(20);
/// Between two tries to connect.
const RECONNECT: Duration = Duration::from_secs(1);

pub(super) async fn run(app: Arc<App>, client: Client) {
    let config = ConnectionManagerConfig::new()
        .set_connection_timeout(Some(RECONNECT))
        .set_response_timeout(Some(CALL_WITHIN))
        .set_number_of_retries(1)
        .set_max_delay(RECONNECT);
    let manager = ConnectionManager::new_lazy_with_config(client, config);
    let mut manager = match manager {
        Ok(manager) => manager,
        Err(error) => return tracing::error!(%error, "the relay cannot send"),
    };
    loop {
        let waiting = app.relay.outbox.take().await;
        send_all(&app, &mut manager, waiting).await;
        tokio::time::sleep(GATHER).await;
    }
}

async fn send_all(app: &App, manager: &mut ConnectionManager, waiting: Waiting) {
    let Some(prefix) = super::prefix(app) else {
        return;
    };
    for message in messages(&app.relay.me, waiting) {
        let Ok(text) = serde_json::to_string(&message) else {
            continue;
        };
        let sent = manager.publish::<_, _, i64>(format!("{prefix}:relay"), text);
        let ok = matches!(tokio::time::timeout(CALL_WITHIN, sent).await, Ok(Ok(_)));
        app.relay.state.sent(ok);
        if !ok {
            return;
        }
    }
}

fn messages(me: &str, waiting: Waiting) -> Vec<Message> {
    let message = |world: String| Message {
        from: me.to_owned(),
        world,
        seq: None,
        fixes: Vec::new(),
    };
    let mut messages = Vec::new();
    for (world, seq) in waiting.hints {
        messages.push(Message {
            seq: Some(seq),
            ..message(world.to_string())
        });
    }
    for (world, fixes) in waiting.fixes {
        let fixes: Vec<_> = fixes
            .iter()
            .map(|(unit, fix)| WireFix::of(unit, fix))
            .collect();
        messages.extend(fixes.chunks(MAX_FIXES).map(|fixes| Message {
            fixes: fixes.to_vec(),
            ..message(world.to_string())
        }));
    }
    messages
}
