//! The command line: what it takes, and what each subcommand does with it.

mod database;
mod owner;

use std::{
    fmt,
    io::{self, IsTerminal, Write as _},
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{TimeDelta, Utc};
use clap::{Args, Parser, Subcommand};
use contracts::{OwnerId, signing::MAX_SKEW_SECS};
use tokio::net::TcpListener;
use tools_server::{
    Metrics, Settings,
    auth::SignIn,
    config::{ConfigError, Layer, Serving},
    router, serve,
    store::{Store, Write},
};
use tracing_subscriber::EnvFilter;

/// How long the connections to the database may take to close; the database rolls back what they leave.
const CLOSE_DEADLINE: Duration = Duration::from_secs(1);

const EXAMPLES: &str = "\
Examples:
  export TOOLS_MASTER_KEY=$(tools-server keygen)
  export DATABASE_URL=sqlite:book.db
  tools-server migrate && tools-server seed && tools-server serve

  TOOLS_AUTHORITY=tools.example.com tools-server serve --bind 0.0.0.0:8080 --config server.toml

Secrets come from the environment or the file, never from flags, which every process can see:
  DATABASE_URL               sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME; may be a pooler's address
  DATABASE_DIRECT_URL        the server's own address and the tables' owner, for `migrate`
  TOOLS_MASTER_KEY           what `tools-server keygen` prints
  TOOLS_MASTER_KEY_PREVIOUS  the key before it, while keys rotate

Sign-in with Clerk: TOOLS_AUTH_ISSUER and TOOLS_AUTH_CLIENT_IDS; without them everybody is a guest.";

/// The tools server of Customer Success Copilot: signed calls, on SQLite or PostgreSQL.
#[derive(Debug, Parser)]
#[command(version, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    flags: Flags,
}

#[derive(Debug, Args)]
struct Flags {
    /// Configuration file (TOML); its settings give way to the environment and to flags.
    #[arg(long, global = true, env = "TOOLS_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// What is logged, such as `info` or `warn,tools_server=debug` [env: TOOLS_LOG=] [default: info]
    #[arg(long, global = true, value_name = "FILTER")]
    log: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests until told to stop (Ctrl-C or SIGTERM), then finish what is in flight.
    Serve {
        /// Where to listen [env: TOOLS_BIND=] [default: 127.0.0.1:8787]
        #[arg(long, value_name = "IP:PORT")]
        bind: Option<String>,
        /// Host under which clients reach this server, if it is not the bound address [env: TOOLS_AUTHORITY=]
        #[arg(long, value_name = "HOST[:PORT]")]
        authority: Option<String>,
    },
    /// Bring the database to this version's schema.
    Migrate {
        /// Give up after this many seconds.
        #[arg(long, value_name = "SECONDS", default_value_t = 60)]
        timeout: u64,
    },
    /// Put the demo customers in, as everybody's to see.
    Seed,
    /// Everything that is kept of one owner.
    #[command(subcommand)]
    Owner(owner::OwnerCommand),
    /// Copy a database of SQLite into a new file, also while it is served; PostgreSQL has pg_dump.
    Backup {
        /// A file that is not there yet.
        file: PathBuf,
    },
    /// Print a new master key.
    Keygen,
}

/// Why the program ended early, in one line.
#[derive(Debug)]
pub enum Stop {
    /// The configuration cannot be used.
    Config(ConfigError),
    /// Something outside did not work.
    Failed(String),
}

impl Stop {
    /// 2 for a configuration that cannot be used, as for a command line; 1 for the rest.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(_) => ExitCode::from(2),
            Self::Failed(_) => ExitCode::FAILURE,
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Failed(message) => f.write_str(message),
        }
    }
}

impl From<ConfigError> for Stop {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

/// Does what the command line says.
pub fn run(Cli { command, flags }: Cli) -> Result<(), Stop> {
    if let Command::Keygen = command {
        let key = BASE64_STANDARD.encode(rand::random::<[u8; 32]>());
        return writeln!(io::stdout(), "{key}").map_err(|error| Stop::Failed(format!("cannot print the key: {error}")));
    }
    let config = configuration(&command, flags)?;
    start_log(config.log())?;
    let runtime =
        tokio::runtime::Runtime::new().map_err(|error| Stop::Failed(format!("cannot start the runtime: {error}")))?;
    let done = runtime.block_on(async {
        match command {
            Command::Serve { .. } => {
                let serving = config.serving()?;
                serve_until_told(serving, database::open_to_serve(&config).await?).await
            }
            Command::Migrate { timeout } => database::migrate(&config, Duration::from_secs(timeout)).await,
            Command::Seed => seed(&*database::open(&config)?).await,
            Command::Owner(command) => owner::run(&*database::open(&config)?, command).await,
            Command::Backup { file } => database::back_up(&config, &file).await,
            Command::Keygen => Ok(()),
        }
    });
    // What still works on, for nobody, ends with the process: the end of the runtime would wait for it.
    std::mem::forget(runtime);
    done
}

fn configuration(command: &Command, flags: Flags) -> Result<Layer, Stop> {
    let file = match &flags.config {
        None => Layer::default(),
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| {
                Stop::Config(ConfigError::new(format!("cannot read the configuration {}: {error}", path.display())))
            })?;
            Layer::from_toml(path, &text)?
        }
    };
    let mut flags = Layer { log: flags.log, ..Layer::default() };
    if let Command::Serve { bind, authority } = command {
        flags.bind.clone_from(bind);
        flags.authority.clone_from(authority);
    }
    let environment = Layer::from_env(|name| std::env::var(name).ok());
    Ok(flags.over(environment).over(file))
}

/// Lines for people on a terminal, JSON for whatever else reads them.
fn start_log(filter: &str) -> Result<(), ConfigError> {
    let filter = EnvFilter::try_new(filter)
        .map_err(|_| ConfigError::new(format!("TOOLS_LOG is {filter:?}; use a level such as info, or target=level")))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    if io::stderr().is_terminal() {
        log.init()
    } else {
        log.json().with_span_list(false).init()
    }
    Ok(())
}

async fn serve_until_told(serving: Serving, store: Arc<dyn Store>) -> Result<(), Stop> {
    let Serving { bind, metrics_bind, authority, masters, token_rules, limits, service_clients } = serving;
    let sign_in = token_rules.map(SignIn::new).transpose();
    let sign_in = sign_in.map_err(|error| {
        let remedy = "are this machine's root certificates installed?";
        Stop::Failed(format!("cannot make a TLS client for the sign-in provider ({error}); {remedy}"))
    })?;
    let settings = Settings {
        sign_in: sign_in.map(Arc::new),
        service_clients,
        limits: Some(limits),
        ..Settings::new(masters, authority)
    };
    let authority = settings.authority.clone();
    let mut service = router(Arc::clone(&store), settings);
    if let Some(bind) = metrics_bind {
        let metrics = Metrics::new(Arc::clone(&store));
        let (listener, address) = listen(bind, "TOOLS_METRICS_BIND").await?;
        tracing::info!(%address, "metrics");
        service = metrics.watch(service);
        // Until the process ends, so that the last requests can be counted, too.
        tokio::spawn(serve(listener, metrics.router(), std::future::pending()));
    }
    let (listener, address) = listen(bind, "TOOLS_BIND").await?;
    tracing::info!(%address, %authority, "listening");
    serve(listener, service, told_to_stop()).await;
    if tokio::time::timeout(CLOSE_DEADLINE, store.close()).await.is_err() {
        tracing::warn!("stopped before every connection to the database was closed");
    }
    tracing::info!("stopped");
    Ok(())
}

async fn listen(bind: SocketAddr, setting: &str) -> Result<(TcpListener, SocketAddr), Stop> {
    let cannot = |error| Stop::Failed(format!("cannot listen on {bind}: {error}; choose another {setting}"));
    let listener = TcpListener::bind(bind).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    Ok((listener, address))
}

async fn seed(store: &dyn Store) -> Result<(), Stop> {
    let now = Utc::now();
    let nonce = format!("{:032x}", rand::random::<u128>()).parse().expect("32 hexadecimal digits are a nonce");
    let nonce_expires = now + TimeDelta::seconds(MAX_SKEW_SECS);
    let write = Write { owner: OwnerId::public(), nonce, nonce_expires, now, once: None };
    let customers = store.seed_demo(&write).await.map_err(|error| failed("seed", &error))?;
    store.close().await;
    tracing::info!(customers, "the demo customers are in");
    Ok(())
}

/// The whole chain of reasons: whoever runs the program may see the inside.
fn failed(what: &str, error: &dyn std::error::Error) -> Stop {
    let reasons: Vec<_> = std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect();
    Stop::Failed(format!("cannot {what}: {}", reasons.join(": ")))
}

async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<Option<()>>();
    tokio::select! {
        () = interrupted => {}
        _ = terminated => {}
    }
    tracing::info!("told to stop; finishing what is in flight");
}
