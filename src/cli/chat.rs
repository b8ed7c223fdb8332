//! `ventanilla chat`: the whole server in the terminal, with a simulated phone or a web page in front.

mod phone;
mod record;

use std::{path::PathBuf, sync::Arc, time::Duration};

use clap::Args;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    net::TcpListener,
};
use ventanilla_adapters::Channel;
use ventanilla_values::Lang;

use self::phone::Phone;
use super::logs;
use crate::{
    app::App,
    clock::Clock,
    config::Config,
    demo,
    ids::Ids,
    server,
    simulator::{Limits, StatusScript, Tuning},
};

#[derive(Debug, Args)]
pub struct ChatArgs {
    /// Folder with intents/ flows/ catalogue/ [default: the demo town]
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
    /// whatsapp, sms, voice or webchat
    #[arg(long, default_value = "whatsapp")]
    channel: Channel,
    /// Begin in this language instead of the first words'
    #[arg(long)]
    lang: Option<Lang>,
    /// Write the talk into this file (NAME.test.yaml) as a transcript test, behind those that it holds
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

const HELP: &str = "Write as a citizen would. A number chooses the button with that number.\n\
                    /lugar LAT LON sends a pin, /foto sends a photo, /salir (or Ctrl-D) ends.\n\
                    On a call: /tecla 1# presses keys, /silencio says nothing, /colgar hangs up.";

pub async fn run(args: ChatArgs) -> anyhow::Result<()> {
    logs::quiet();
    // A folder of its own: a talk in the terminal must never touch the data of real people.
    let throw_away = ThrowAway::new();
    let mut config = Config::load(None)?;
    config.content.folder = args.content.unwrap_or_default();
    config.data.folder = throw_away.0.join("data");
    // A model kept between talks saves a second at each start.
    config.understanding.model = std::env::temp_dir().join("ventanilla-chat.model");
    // Every line is a turn of its own here: nobody is still typing.
    config.conversation.burst_ms = 0;
    // Who tries a flow out, or pipes lines in, writes as fast as they like.
    (config.conversation.flood, config.conversation.quick_turns) = (usize::MAX, u32::MAX);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    demo::configure(&mut config, listener.local_addr()?)?;
    let clock = Clock::system();
    let app = App::build(config, clock.clone(), Ids::new(clock)).await?;
    let tuning = Tuning { limits: Limits::OFF, ..Tuning::default() };
    let simulators = demo::simulators(&app, StatusScript::NONE, tuning)?;
    let serving = tokio::spawn(server::serve(Arc::clone(&app), listener, None, simulators.router()));
    if let Some(file) = &args.record {
        app.tape.start(&record::name(file)?);
    }
    let mut phone = Phone::new(&app, simulators, args.channel).await?;
    if let Some(lang) = args.lang {
        phone.speak(lang).await?;
    }
    if args.channel == Channel::Voice {
        // Who is called speaks first.
        hear(&mut phone).await?;
    }
    let talked = talk(&mut phone).await;
    phone.leave().await;
    app.stop.cancel();
    tokio::time::timeout(Duration::from_secs(5), serving).await.ok();
    talked?;
    match &args.record {
        Some(file) => record::keep(file, &app),
        None => Ok(()),
    }
}

async fn talk(phone: &mut Phone) -> anyhow::Result<()> {
    if std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        out!("{HELP}\n");
    }
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let line = line.trim();
        match line.split_whitespace().collect::<Vec<_>>().as_slice() {
            [] => continue,
            ["/salir"] => break,
            ["/foto"] => phone.photo().await?,
            ["/tecla", keys] => phone.press(keys)?,
            ["/silencio"] => phone.silence()?,
            ["/colgar"] => phone.hang_up()?,
            ["/lugar", lat, lon] if lat.parse::<f64>().is_ok() && lon.parse::<f64>().is_ok() => {
                phone.pin(lat.parse()?, lon.parse()?).await?;
            }
            [word, ..] if word.starts_with('/') => {
                out!("{HELP}");
                continue;
            }
            _ => phone.say(line).await?,
        }
        hear(phone).await?;
    }
    Ok(())
}

async fn hear(phone: &mut Phone) -> anyhow::Result<()> {
    for line in phone.heard().await? {
        out!("{line}");
    }
    Ok(())
}

/// A folder that goes when the talk is over.
struct ThrowAway(PathBuf);

impl ThrowAway {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("ventanilla-chat-{}", std::process::id())))
    }
}

impl Drop for ThrowAway {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}
