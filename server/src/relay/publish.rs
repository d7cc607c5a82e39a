//! Tells other servers. What cannot be sent is tried again, the latest of everything only; meanwhile they read
//! journal and latest fixes themselves.

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
/// Connecting.
const CONNECT_WITHIN: Duration = Duration::from_secs(1);
/// Between two tries; the first call after a break always fails (rule D31).
const TRY_AGAIN: Duration = Duration::from_millis(250);

pub(super) async fn run(app: Arc<App>, client: Client) {
    let config = ConnectionManagerConfig::new()
        .set_connection_timeout(Some(CONNECT_WITHIN))
        .set_response_timeout(Some(CALL_WITHIN))
        .set_number_of_retries(1)
        .set_max_delay(TRY_AGAIN);
    let manager = ConnectionManager::new_lazy_with_config(client, config);
    let mut manager = match manager {
        Ok(manager) => manager,
        Err(error) => return tracing::error!(%error, "the relay cannot send"),
    };
    loop {
        let waiting = app.relay.outbox.take().await;
        let sent = send_all(&app, &mut manager, waiting.clone()).await;
        if !sent {
            app.relay.outbox.put_back(waiting);
        }
        tokio::time::sleep(if sent { GATHER } else { TRY_AGAIN }).await;
    }
}

/// Whether everything was sent.
async fn send_all(app: &App, manager: &mut ConnectionManager, waiting: Waiting) -> bool {
    let Some(prefix) = super::prefix(app) else {
        return false;
    };
    for message in messages(&app.relay.me, waiting) {
        let Ok(text) = serde_json::to_string(&message) else {
            continue;
        };
        let sent = manager.publish::<_, _, i64>(format!("{prefix}:relay"), text);
        let ok = matches!(tokio::time::timeout(CALL_WITHIN, sent).await, Ok(Ok(_)));
        app.relay.state.sent(ok);
        if !ok {
            return false;
        }
    }
    true
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
