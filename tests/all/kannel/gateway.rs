//! The gateway as a town would run it, on free ports of this machine.

use std::{
    net::TcpListener,
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use super::program::Program;
use crate::support::{TestApp, folder::Folder};

/// The town's short code.
pub const NUMBER: &str = "55500200";
pub const USER: &str = "ventanilla";
pub const PASSWORD: &str = "clave-de-kannel";
pub const SECRET: &str = "palabra-secreta";

/// What takes longer than all the looks together is broken, on any machine.
const LOOKS: u32 = 1500;
const LOOK: Duration = Duration::from_millis(20);

pub struct Gateway {
    /// Ended before their folder goes.
    running: Vec<Program>,
    ports: Ports,
    folder: Folder,
}

#[derive(Clone, Copy)]
struct Ports {
    admin: u16,
    smsbox: u16,
    network: u16,
    sendsms: u16,
}

impl Gateway {
    /// Its ports are chosen, nothing runs.
    pub fn new() -> Self {
        Self { running: Vec::new(), ports: Ports::free(), folder: Folder::new() }
    }

    /// The setting `sms.kannel.send_url`.
    pub fn send_url(&self) -> String {
        format!("http://127.0.0.1:{}/cgi-bin/sendsms", self.ports.sendsms)
    }

    /// Where the network of the phone company connects.
    pub fn network(&self) -> u16 {
        self.ports.network
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns when a message would go either way.
    pub async fn start(&mut self, app: &TestApp) {
        let settings = settings(self.ports, &app.url("/webhooks/sms/kannel"));
        let settings = self.folder.write("kannel.conf", &settings);
        let arguments = ["-v", "1", settings.to_str().unwrap()];
        self.running.push(Program::start("bearerbox", &arguments, self.folder.path()));
        self.until(app, "Status: running").await;
        self.running.insert(0, Program::start("smsbox", &arguments, self.folder.path()));
        self.until(app, "smsbox:").await;
    }

    /// Asks bearerbox. A look at its ports would be taken for a box that connects, and messages would go there.
    async fn until(&mut self, app: &TestApp, told: &str) {
        let url = format!("http://127.0.0.1:{}/status.txt?password={PASSWORD}", self.ports.admin);
        let says = async |request: reqwest::RequestBuilder| request.send().await.ok()?.text().await.ok();
        let mut status = String::new();
        for _ in 0..LOOKS {
            status = says(app.app().http.get(&url)).await.unwrap_or_default();
            if status.contains(told) {
                return;
            }
            self.running.iter_mut().for_each(Program::must_run);
            tokio::time::sleep(LOOK).await;
        }
        panic!("Kannel never said '{told}':\n{status}");
    }
}

impl Ports {
    /// Below the ports that the system hands out, or another program might get one before Kannel does.
    fn free() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let next = || {
            let n = std::process::id().wrapping_mul(8).wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
            u16::try_from(20_000 + n % 12_000).unwrap()
        };
        let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
        let mut free = std::iter::repeat_with(next).filter(is_free);
        let [admin, smsbox, network, sendsms] = [(); 4].map(|()| free.next().unwrap());
        Self { admin, smsbox, network, sendsms }
    }
}

/// The settings of `adapters/src/sms/kannel`, and what any Kannel needs around them. A `fake` SMSC knows no interface to
/// listen on; it lets nobody in but this machine. What finds no phone on is tried again after a second, not a minute.
fn settings(ports: Ports, webhook: &str) -> String {
    let Ports { admin, smsbox, network, sendsms } = ports;
    format!(
        r#"
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = {PASSWORD}
smsbox-port = {smsbox}
smsbox-interface = 127.0.0.1
box-deny-ip = "*.*.*.*"
box-allow-ip = "127.0.0.1"
dlr-storage = internal
sms-resend-freq = 1

group = smsc
smsc = fake
smsc-id = compania
host = 127.0.0.1
port = {network}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {smsbox}
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = {USER}
password = "{PASSWORD}"
max-messages = 25
concatenation = true

group = sms-service
keyword = default
catch-all = true
max-messages = 0
omit-empty = true
get-url = "{webhook}?key={SECRET}&from=%p&to=%P&text=%b&charset=%C&coding=%c&id=%I&at=%T"
"#
    )
}
