//! The conditions of the board, as SQL: who sees what, what stands in which tab, and what is due.

use std::fmt::Write as _;

use sea_orm::Value;

use super::{Bounds, Filter, Pressing, Queue, Scope, TOWN};

/// What is due next, Unix ms. Written as [`super::due_of`] reads it: the two are one.
pub(super) const DUE: &str = "CASE WHEN closed_at IS NOT NULL OR paused_at IS NOT NULL OR state = 'resolved_claimed' THEN NULL \
                   WHEN responded_at IS NULL AND respond_due IS NOT NULL \
                   AND (resolve_due IS NULL OR respond_due < resolve_due) THEN respond_due ELSE resolve_due END";
/// When three quarters of the time until then are over.
pub(super) const RISK: &str = "CASE WHEN closed_at IS NOT NULL OR paused_at IS NOT NULL OR state = 'resolved_claimed' THEN NULL \
                    WHEN responded_at IS NULL AND respond_due IS NOT NULL \
                    AND (resolve_due IS NULL OR respond_due < resolve_due) THEN respond_risk ELSE resolve_risk END";
/// Words or photos that nobody looked at yet.
pub(super) const TO_MODERATE: &str = "private = FALSE AND ((moderation = 'waiting' AND description IS NOT NULL AND description <> '') \
                           OR EXISTS (SELECT 1 FROM report_photos p WHERE p.report_id = reports.id AND p.moderation = 'waiting'))";

/// A condition that grows, and its values.
pub(super) struct Query {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Query {
    pub(super) fn of(scope: &Scope) -> Self {
        let mut query = Self { sql: "town_id = $1".to_owned(), values: vec![TOWN.into()] };
        let public = match &scope.departments {
            None => "private = FALSE".to_owned(),
            Some(own) if own.is_empty() => {
                let staff = query.value(scope.staff);
                format!("(private = FALSE AND assignee = {staff})")
            }
            Some(own) => {
                let (of_own, staff) = (query.one_of("department", own), query.value(scope.staff));
                format!("(private = FALSE AND ({of_own} OR assignee = {staff}))")
            }
        };
        let mut ways = vec![public];
        for (column, ids) in
            [("department", &scope.private_departments), ("category", &scope.private_categories)]
        {
            if !ids.is_empty() {
                let one_of = query.one_of(column, ids);
                ways.push(format!("(private = TRUE AND {one_of})"));
            }
        }
        query.and(&format!("({})", ways.join(" OR ")));
        query
    }

    /// Its place in the statement.
    pub(super) fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    pub(super) fn and(&mut self, condition: &str) {
        write!(self.sql, " AND {condition}").ok();
    }

    pub(super) fn one_of<T: Clone + Into<Value>>(&mut self, column: &str, values: &[T]) -> String {
        let places: Vec<String> = values.iter().map(|value| self.value(value.clone())).collect();
        format!("{column} IN ({})", places.join(", "))
    }

    pub(super) fn queue(&mut self, queue: Queue, scope: &Scope, own: &[String], now: i64) {
        match queue {
            Queue::All => return,
            Queue::Closed => return self.and("closed_at IS NOT NULL"),
            _ => self.and("closed_at IS NULL"),
        }
        match queue {
            Queue::Triage => self.and("state = 'triage'"),
            Queue::Mine => {
                let staff = self.value(scope.staff);
                self.and(&format!("assignee = {staff}"));
            }
            Queue::Department if own.is_empty() => self.and("FALSE"),
            Queue::Department => {
                let of_own = self.one_of("department", own);
                self.and(&of_own);
            }
            Queue::Due => {
                let now = self.value(now);
                self.and(&format!("{RISK} <= {now}"));
            }
            Queue::Confirming => self.and("state = 'resolved_claimed'"),
            Queue::Reopened => self.and("state = 'reopened'"),
            Queue::Escalated => self.and("reopened >= 2"),
            Queue::Waiting => self.and("state = 'waiting_citizen'"),
            Queue::Moderation => self.and(TO_MODERATE),
            Queue::Open | Queue::Closed | Queue::All => {}
        }
    }

    pub(super) fn filter(&mut self, filter: &Filter, now: i64) {
        for (column, values) in [
            ("state", &filter.states),
            ("department", &filter.departments),
            ("category", &filter.categories),
            ("colonia", &filter.colonias),
        ] {
            if !values.is_empty() {
                let one_of = self.one_of(column, values);
                self.and(&one_of);
            }
        }
        if !filter.ids.is_empty() {
            let one_of = self.one_of("id", &filter.ids);
            self.and(&one_of);
        }
        if let Some(assignee) = filter.assignee {
            let assignee = self.value(assignee);
            self.and(&format!("assignee = {assignee}"));
        }
        if let Some(after) = filter.filed_after {
            let after = self.value(after);
            self.and(&format!("filed_at >= {after}"));
        }
        if let Some(pressing) = filter.pressing {
            let now = self.value(now);
            match pressing {
                Pressing::Late => self.and(&format!("{DUE} < {now}")),
                Pressing::AtRisk => self.and(&format!("{RISK} <= {now} AND {DUE} >= {now}")),
            }
        }
        self.words(&filter.text);
        if let Some(Bounds { south, west, north, east }) = filter.within {
            let places = [south, north, west, east].map(|degrees| self.value(degrees));
            let [south, north, west, east] = places;
            self.and(&format!("lat BETWEEN {south} AND {north} AND lon BETWEEN {west} AND {east}"));
        }
    }

    /// A folio, or words of what was said; of private reports only the folio is searched.
    fn words(&mut self, text: &str) {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return;
        }
        let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let like = self.value(format!("%{escaped}%"));
        self.and(&format!(
            "(LOWER(folio) LIKE {like} ESCAPE '\\' OR (private = FALSE AND (\
             LOWER(description) LIKE {like} ESCAPE '\\' OR LOWER(place_json) LIKE {like} ESCAPE '\\')))"
        ));
    }
}
