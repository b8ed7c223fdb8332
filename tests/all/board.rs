//! The board of reports, by the console's own routes: who sees what, what is done about it, and what comes of it.

mod clocks;
mod incidents;
mod merging;
mod moderation;
mod moves;
mod scoping;
mod takeaway;
mod town;
