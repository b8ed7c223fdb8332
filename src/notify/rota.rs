//! Who is on call at a moment. Pure.

use chrono::{DateTime, Datelike, NaiveTime, TimeZone, Weekday};

use crate::config::{Notify, OnCall, Shift};

/// Who is called, level by level. Where no line of the rota fits the hour, everybody at once: a gap in a plan leaves nobody
/// alone.
pub(super) fn levels<'a, Z: TimeZone>(notify: &'a Notify, now: &DateTime<Z>) -> Vec<Vec<&'a OnCall>> {
    let (day, time) = (now.weekday(), now.time());
    let Some(shift) = notify.rota.iter().find(|shift| holds(shift, day, time)) else {
        return if notify.people.is_empty() { Vec::new() } else { vec![notify.people.iter().collect()] };
    };
    let named = |ids: &Vec<String>| -> Vec<&'a OnCall> {
        ids.iter().filter_map(|id| notify.people.iter().find(|one| one.id == *id)).collect()
    };
    shift.levels.iter().map(named).filter(|level| !level.is_empty()).collect()
}

/// Whether a shift holds at a local time. One over midnight belongs to the day on which it begins.
fn holds(shift: &Shift, day: Weekday, time: NaiveTime) -> bool {
    let begins_on = |day: Weekday| shift.days.is_empty() || shift.days.contains(&day);
    let Some(from) = shift.from() else { return false };
    match shift.to() {
        None => begins_on(day) && time >= from,
        Some(to) if from < to => begins_on(day) && (from..to).contains(&time),
        Some(to) => (begins_on(day) && time >= from) || (begins_on(day.pred()) && time < to),
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Merida;

    use super::*;
    use crate::config::Config;

    fn on_call(rota: &str, moment: &str) -> Vec<Vec<String>> {
        let toml = format!(
            "[notify]\npeople = [{{id = \"rosa\", name = \"Rosa\", sms = \"+529821230000\"}}, \
             {{id = \"ana\", name = \"Ana\", sms = \"+529821230001\"}}]\nrota = [{rota}]"
        );
        let config = Config::from_toml(&toml).unwrap();
        let now = chrono::DateTime::parse_from_rfc3339(moment).unwrap().with_timezone(&Merida);
        let ids = |level: Vec<&OnCall>| level.into_iter().map(|one| one.id.clone()).collect();
        levels(&config.notify, &now).into_iter().map(ids).collect()
    }

    const NIGHT: &str =
        "{days = [\"mon\"], from = \"20:00\", to = \"08:00\", levels = [[\"rosa\"], [\"ana\"]]}";

    #[test]
    fn a_night_belongs_to_the_day_on_which_it_begins() {
        // 23 November 2026 is a Monday.
        for (moment, levels) in [
            ("2026-11-23T19:59:00-06:00", 1),
            ("2026-11-23T20:00:00-06:00", 2),
            ("2026-11-24T07:59:00-06:00", 2),
            ("2026-11-24T08:00:00-06:00", 1),
            ("2026-11-23T03:00:00-06:00", 1),
        ] {
            assert_eq!(on_call(NIGHT, moment).len(), levels, "{moment}");
        }
    }

    #[test]
    fn the_hour_is_that_of_the_town() {
        assert_eq!(on_call(NIGHT, "2026-11-24T02:00:00Z")[0], ["rosa"], "20:00 in the town");
    }

    #[test]
    fn where_the_rota_has_a_gap_everybody_is_called() {
        assert_eq!(on_call(NIGHT, "2026-11-25T12:00:00-06:00"), [["rosa", "ana"]]);
        assert_eq!(on_call("", "2026-11-25T12:00:00-06:00"), [["rosa", "ana"]]);
    }

    #[test]
    fn midnight_at_its_end_is_the_whole_evening() {
        let evening = "{from = \"18:00\", to = \"24:00\", levels = [[\"ana\"]]}";
        assert_eq!(on_call(evening, "2026-11-25T23:59:00-06:00"), [["ana"]]);
    }
}
