//! The console's routes: signing in, one's own account, people of the town, the audit log, keys. Handlers translate; what
//! an act means stands in `staff/`. Every route says in its description which permission it takes, and takes a
//! [`Permit`](super::permit::Permit) of the same.

mod account;
mod audit;
mod departments;
mod desk;
mod factor;
mod feedback;
mod invitations;
mod keys;
mod me;
mod privacy;
mod provider;
mod reports;
mod session;
mod staff;
mod training;

use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(session::half, session::sign_in, session::sign_out))
        .routes(routes!(session::second_factor))
        .routes(routes!(provider::offer, provider::depart))
        .routes(routes!(provider::arrive))
        .routes(routes!(provider::linked, provider::link, provider::unlink))
        .routes(routes!(account::show, account::change))
        .routes(routes!(account::password))
        .routes(routes!(factor::begin, factor::remove))
        .routes(routes!(factor::confirm))
        .routes(routes!(factor::recovery_codes))
        .routes(routes!(account::sessions))
        .routes(routes!(account::end_session))
        .routes(routes!(staff::list))
        .routes(routes!(staff::change))
        .routes(routes!(staff::end_sessions))
        .routes(routes!(staff::remove_second_factor))
        .routes(routes!(staff::password_link))
        .routes(routes!(invitations::list, invitations::invite))
        .routes(routes!(invitations::take_back))
        .routes(routes!(invitations::look, invitations::accept))
        .routes(routes!(departments::list))
        .routes(routes!(audit::list))
        .routes(routes!(privacy::list))
        .routes(routes!(privacy::show))
        .routes(routes!(privacy::erase))
        .routes(routes!(privacy::answer))
        .routes(routes!(privacy::refuse))
        .routes(routes!(feedback::list))
        .routes(routes!(feedback::change))
        .routes(routes!(keys::list, keys::make))
        .routes(routes!(keys::revoke))
        .routes(routes!(training::list))
        .routes(routes!(training::review))
        .routes(routes!(training::export))
        .routes(routes!(training::intents))
        .routes(routes!(training::explain))
        .merge(desk::routes())
        .merge(reports::routes())
}
