//! Drills: worlds copied from another one, with a clock of their own.

use std::sync::Arc;

use chiyuan_core::{
    Actor, Centre, Command, EntityId, Header, Timestamp, WorldId,
    clock::{Clock, SetClock},
    copy::{clock_id, parts_of},
    journal::request_hash,
    text::{Name, Note},
};

use crate::{
    app::App,
    executor::{Accepted, CommandError, Submission},
    store::{StoreError, worlds},
    time,
    world::{WorldKind, WorldRuntime},
};

/// Most drills that exist at once, finished ones included.
pub const MAX_DRILLS: usize = 200;

/// What a new drill is made of.
pub struct NewDrill {
    pub name: Name,
    pub start: Timestamp,
    pub speed: f64,
    /// The centre whose registry is copied; none is everything.
    pub scope: Option<Centre>,
}

/// Why a drill could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DrillError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Command(#[from] CommandError),
    #[error("there are {MAX_DRILLS} drills already")]
    TooMany,
}

/// Makes a drill from the registry of a world: closed while it is copied, then shown. Positions stay behind.
///
/// # Errors
/// [`DrillError`]; a half-made drill is never shown.
pub async fn create(
    app: &App,
    from: &WorldRuntime,
    new: NewDrill,
) -> Result<Arc<WorldRuntime>, DrillError> {
    if app.worlds().len() > MAX_DRILLS {
        return Err(DrillError::TooMany);
    }
    let id = WorldId::new(&uuid::Uuid::now_v7().to_string())
        .map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let source = from.picture().world().clone();
    let clock = first_clock(&new);
    let entities = source
        .entities()
        .filter(|entity| new.scope.is_none_or(|c| entity.header().visible_in(c)));
    let parts = parts_of(from.id(), source.seq(), entities, clock);

    let mut connection = app.store.write().await?;
    worlds::create(&mut connection, &id, "drill", new.name.as_str(), false).await?;
    let drill = app
        .start(&mut connection, &id, WorldKind::Drill, new.name.to_string())
        .await?;
    connection.done();
    for part in parts {
        let key = format!("copy:{}", part.part);
        give(&drill, Actor::system(), Command::CopyRegistry(part), key).await?;
    }
    let mut connection = app.store.write().await?;
    worlds::open(&mut connection, &id).await?;
    connection.done();
    app.show(Arc::clone(&drill));
    Ok(drill)
}

/// Sets the clock of a drill.
///
/// # Errors
/// [`CommandError`], as for any command.
pub async fn set_clock(
    drill: &WorldRuntime,
    actor: Actor,
    command: SetClock,
    key: String,
) -> Result<Accepted, CommandError> {
    give(drill, actor, Command::SetClock(command), key).await
}

async fn give(
    drill: &WorldRuntime,
    actor: Actor,
    command: Command,
    key: String,
) -> Result<Accepted, CommandError> {
    let body = serde_json::to_value(&command).map_err(|_| CommandError::Internal)?;
    let request_hash = request_hash(&body);
    drill
        .executor()
        .submit(Submission {
            actor,
            command,
            body,
            request_hash,
            key,
            private: None,
        })
        .await
}

/// A drill starts paused at its first moment.
fn first_clock(new: &NewDrill) -> Clock {
    let id: EntityId = clock_id();
    let header = Header {
        id,
        version: 1,
        centre: Centre::SHARED,
        visible_to: Vec::new(),
        retired: false,
        source: Note::new("drill").unwrap_or_default(),
    };
    Clock {
        header,
        world_at: new.start,
        real_at: time::now(),
        running: false,
        speed: new.speed,
        finished: false,
    }
}
