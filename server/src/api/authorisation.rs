//! Who may call which endpoint: one table, closed by default; a test walks every cell.

use chiyuan_core::Role;

/// Who may call an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, without an account.
    Public,
    /// Every account and token but devices; scope limits what is seen.
    Reader,
    /// These roles only.
    Roles(&'static [Role]),
}

use Role::{
    Administrator, Auditor, BedDesk, Commander, Crew, Device, Dispatcher, ExerciseDirector,
    Observer, SecurityAdministrator, StoreKeeper,
};

/// Those who sit at a desk, where names say who did something. A phone in a vehicle needs no list of people.
const DESKS: Access = Access::Roles(&[
    Administrator,
    SecurityAdministrator,
    Auditor,
    Commander,
    Dispatcher,
    BedDesk,
    StoreKeeper,
    ExerciseDirector,
    Observer,
]);

/// Those who answer for how the service works, and those who watch it.
const KPI_READERS: Access = Access::Roles(&[
    Administrator,
    Auditor,
    Commander,
    Dispatcher,
    ExerciseDirector,
    Observer,
]);

/// Method, route pattern, access. An endpoint that is not listed denies everybody; HEAD is GET without its body.
pub const ENDPOINTS: &[(&str, &str, Access)] = &[
    ("POST", "/api/v1/session", Access::Public),
    ("GET", "/api/v1/session", Access::Reader),
    ("DELETE", "/api/v1/session", Access::Reader),
    ("GET", "/api/v1/basemap", Access::Reader),
    ("GET", "/basemap/tiles.pmtiles", Access::Reader),
    ("GET", "/api/v1/worlds", Access::Reader),
    ("GET", "/api/v1/worlds/{world}/people", DESKS),
    ("GET", "/api/v1/worlds/{world}/resources", Access::Reader),
    (
        "GET",
        "/api/v1/worlds/{world}/resources/{id}",
        Access::Reader,
    ),
    ("GET", "/api/v1/worlds/{world}/nearest", Access::Reader),
    ("GET", "/api/v1/worlds/{world}/within", Access::Reader),
    (
        "GET",
        "/api/v1/worlds/{world}/resources/{id}/history",
        Access::Roles(&[
            Administrator,
            Auditor,
            Commander,
            BedDesk,
            StoreKeeper,
            ExerciseDirector,
        ]),
    ),
    (
        "GET",
        "/api/v1/worlds/{world}/registry/{kind}.csv",
        Access::Roles(&[Administrator]),
    ),
    (
        "GET",
        "/api/v1/worlds/{world}/registry/{kind}.xlsx",
        Access::Roles(&[Administrator]),
    ),
    (
        "POST",
        "/api/v1/worlds/{world}/registry/{kind}/preview",
        Access::Roles(&[Administrator]),
    ),
    (
        "POST",
        "/api/v1/worlds/{world}/registry/{kind}/import",
        Access::Roles(&[Administrator]),
    ),
    ("GET", "/api/v1/worlds/{world}/feed", Access::Reader),
    (
        "GET",
        "/api/v1/worlds/{world}/journal",
        Access::Roles(&[Commander, Auditor, ExerciseDirector]),
    ),
    (
        "POST",
        "/api/v1/worlds/{world}/commands",
        Access::Roles(&[
            Administrator,
            Commander,
            Dispatcher,
            BedDesk,
            StoreKeeper,
            Crew,
            ExerciseDirector,
        ]),
    ),
    (
        "POST",
        "/api/v1/worlds/{world}/positions",
        Access::Roles(&[Device, Crew, Dispatcher, Commander]),
    ),
    ("GET", "/api/v1/worlds/{world}/incidents", Access::Reader),
    (
        "GET",
        "/api/v1/worlds/{world}/incidents/{id}",
        Access::Reader,
    ),
    (
        "GET",
        "/api/v1/worlds/{world}/incidents/{id}/recommendations",
        Access::Roles(&[Commander, Dispatcher]),
    ),
    (
        "GET",
        "/api/v1/worlds/{world}/private/{id}",
        Access::Roles(&[Commander, Dispatcher, Crew]),
    ),
    (
        "GET",
        "/api/v1/worlds/{world}/private/{id}/masked",
        Access::Roles(&[Commander, Dispatcher]),
    ),
    (
        "POST",
        "/api/v1/worlds/{world}/private/{id}/erase",
        Access::Roles(&[Administrator]),
    ),
    ("GET", "/api/v1/worlds/{world}/kpis", KPI_READERS),
    ("GET", "/api/v1/worlds/{world}/kpis/export", KPI_READERS),
    (
        "GET",
        "/api/v1/worlds/{world}/kpis/{key}/cases",
        KPI_READERS,
    ),
    ("GET", "/api/v1/worlds/{world}/crew", Access::Roles(&[Crew])),
    (
        "POST",
        "/api/v1/worlds/{world}/calls/events",
        Access::Roles(&[Device]),
    ),
    ("POST", "/api/v1/drills", Access::Roles(&[ExerciseDirector])),
    (
        "POST",
        "/api/v1/drills/{world}/clock",
        Access::Roles(&[ExerciseDirector]),
    ),
    (
        "POST",
        "/api/v1/drills/{world}/finish",
        Access::Roles(&[ExerciseDirector]),
    ),
    ("GET", "/health/live", Access::Public),
    ("GET", "/health/ready", Access::Public),
    ("GET", "/metrics", Access::Public),
    ("GET", "/api/openapi.json", Access::Public),
    ("GET", "/gateway/osmand", Access::Roles(&[Device, Crew])),
    ("POST", "/gateway/osmand", Access::Roles(&[Device, Crew])),
];

/// The access of an endpoint, by method and route pattern.
#[must_use]
pub fn access(method: &str, pattern: &str) -> Option<Access> {
    ENDPOINTS
        .iter()
        .find(|(m, p, _)| *m == method && *p == pattern)
        .map(|(_, _, access)| *access)
}

/// Whether a role may call an endpoint.
#[must_use]
pub fn permits(access: Access, role: Role) -> bool {
    match access {
        Access::Public => true,
        Access::Reader => role != Device,
        Access::Roles(roles) => roles.contains(&role),
    }
}
