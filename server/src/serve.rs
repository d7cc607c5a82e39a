//! Runs the server: HTTP first, then the database as soon as it answers; ends within seconds when told to.

use std::{io::IsTerminal, path::Path, sync::Arc, time::Duration};

use actix_web::{App as HttpApp, HttpServer, dev::ServerHandle, middleware::from_fn, web};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use tokio::signal::unix::{SignalKind, signal};

use crate::{account, api, app::App, config::Config, feed, gateway, relay, store, web_files};

/// A server that is told to end is gone after this.
const SHUTDOWN_S: u64 = 4;
/// How often a start that waits for the database tries again.
const RETRY: Duration = Duration::from_millis(500);
/// HTTP workers; two cores serve the reference machine.
const WORKERS: usize = 2;

/// Structured logs on standard error; `RUST_LOG` chooses what, `CHIYUAN_LOG=json` the form.
pub fn logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,actix_server=warn"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let json = std::env::var("CHIYUAN_LOG").is_ok_and(|form| form == "json");
    // Tests may have set a subscriber already; theirs stays.
    let _ = if json {
        builder.json().try_init()
    } else {
        builder.try_init()
    };
}

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// If the address is taken, TLS cannot be set up, or the database refuses to be safe.
pub fn run(config: Config) -> Result<(), String> {
    actix_web::rt::System::new().block_on(async {
        let app = web::Data::new(App::new(config).map_err(|error| error.to_string())?);
        account::start(&app);
        tokio::spawn(feed::run(app.clone().into_inner()));
        gateway::start(&app.clone().into_inner());
        relay::start(&app.clone().into_inner());
        let server = http(&app)?;
        let handle = server.handle();
        tokio::spawn(stop_on_signal(app.clone(), handle.clone()));
        let loading = tokio::spawn(load(app.clone().into_inner()));
        let serving = actix_web::rt::spawn(server);
        // A database that refuses to be safe ends the server; anything else is waited for.
        if let Ok(Err(error)) = loading.await {
            handle.stop(false).await;
            return Err(error);
        }
        serving
            .await
            .map_err(|error| error.to_string())?
            .map_err(|error| error.to_string())
    })
}

fn http(app: &web::Data<App>) -> Result<actix_web::dev::Server, String> {
    let data = app.clone();
    let server = HttpServer::new(move || {
        HttpApp::new()
            .app_data(data.clone())
            .wrap(from_fn(api::security::guard))
            .configure(api::routes)
            .configure(web_files::routes)
    })
    .on_connect(feed::socket::on_connect)
    .workers(WORKERS)
    .shutdown_timeout(SHUTDOWN_S)
    .disable_signals();
    let address = (app.config.bind.as_str(), app.config.port);
    let taken = |error: std::io::Error| format!("{}:{}: {error}", address.0, address.1);
    let server = match (&app.config.tls_cert, &app.config.tls_key) {
        (Some(cert), Some(key)) => server
            .bind_rustls_0_23(address, tls(cert, key)?)
            .map_err(taken)?,
        (None, None) => server.bind(address).map_err(taken)?,
        _ => return Err("CHIYUAN_TLS_CERT and CHIYUAN_TLS_KEY come together".to_owned()),
    };
    Ok(server.run())
}

/// TLS from a certificate chain and a key in PEM files.
fn tls(cert: &Path, key: &Path) -> Result<rustls::ServerConfig, String> {
    let wrong = |file: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
    let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(cert)
        .map_err(|e| wrong(cert, &e))?
        .collect();
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|e| wrong(key, &e))?;
    rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_no_client_auth()
        .with_single_cert(chain.map_err(|e| wrong(cert, &e))?, secret)
        .map_err(|error| wrong(cert, &error))
}

/// Waits for the database, checks that it is safe, loads the worlds.
async fn load(app: Arc<App>) -> Result<(), String> {
    loop {
        match prepare(&app).await {
            Ok(()) => break,
            Err(store::StoreError::Unavailable(error)) => {
                tracing::info!(%error, "waiting for the database")
            }
            Err(error) => return Err(error.to_string()),
        }
        tokio::time::sleep(RETRY).await;
    }
    app.set_ready();
    tracing::info!(port = app.config.port, "ready");
    Ok(())
}

async fn prepare(app: &App) -> Result<(), store::StoreError> {
    let pending = store::migrations::pending(&app.config.database_url).await;
    if pending.map_err(store::StoreError::Unavailable)? {
        return Err(store::StoreError::Unavailable(
            "the schema is behind: run chiyuan migrate".to_owned(),
        ));
    }
    let mut connection = app.store.write().await?;
    store::self_check::durability(&mut connection).await?;
    connection.done();
    app.load_worlds().await
}

async fn stop_on_signal(app: web::Data<App>, handle: ServerHandle) {
    let (Ok(mut term), Ok(mut int)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        tracing::error!("signals cannot be caught");
        return;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
    tracing::info!("stopping");
    app.drain();
    feed::shutdown(&app).await;
    handle.stop(true).await;
    gateway::finish(&app).await;
    account::finish(&app).await;
}
