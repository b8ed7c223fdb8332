//! What a message costs the town, where its settings say so.

use serde::Serialize;
use utoipa::ToSchema;
use ventanilla_adapters::Channel;

use super::Preview;
use crate::app::App;

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Cost {
    pub amount: f64,
    /// Three letters: `MXN`.
    pub currency: String,
}

fn cost(app: &App, amount: f64) -> Cost {
    Cost { amount, currency: app.config.desk.currency.clone() }
}

/// What one template costs.
pub(super) fn of_template(app: &App) -> Option<Cost> {
    app.config.whatsapp.price_per_template.map(|price| cost(app, price))
}

/// The same preview with its cost. An answer on WhatsApp within the window and on the web costs nothing.
#[must_use]
pub fn priced(app: &App, preview: Preview) -> Preview {
    let price = app.config.sms.price_per_segment.filter(|_| preview.channel == Some(Channel::Sms));
    let segments = u32::try_from(preview.parts).unwrap_or(u32::MAX);
    Preview { cost: price.map(|price| cost(app, price * f64::from(segments))), ..preview }
}
