//! `collect` and `confirm` -> what is asked.

use ventanilla_values::{Hours, NaiveTime, Tense};

use super::{Choices, FixedOption, Question, emit::Emitter};
use crate::{
    definition::{Collect, Confirm, DaysDef, OptionDef, Options, SlotType},
    template::{Compiled, expression_in},
    yaml::{At, Mistake},
};

impl Emitter<'_> {
    pub(super) fn collect_question(&mut self, collect: &Collect) -> Question {
        Question {
            slot: collect.collect.value.clone(),
            slot_type: collect.slot_type,
            always: false,
            fact: false,
            ask: self.text(&collect.ask),
            retry: collect.retry.as_ref().map(|text| self.text(text)),
            optional: collect.optional.as_ref().map(|text| self.text(text)),
            choices: self.choices(collect.options.as_ref()),
            min: collect.min.as_deref().copied(),
            max: collect.max.as_deref().copied(),
            max_length: collect.max_length.as_deref().copied(),
            days: self.days(collect),
            hours: self.hours(collect),
            also: collect.also.0.clone(),
            hears: collect.hears.as_ref().and_then(|kind| self.source(kind.line, &kind.value)),
        }
    }

    pub(super) fn confirm_question(&mut self, confirm: &Confirm) -> Question {
        Question {
            slot: confirm.confirm.value.clone(),
            slot_type: SlotType::YesNo,
            always: true,
            fact: confirm.fact,
            ask: self.text(&confirm.ask),
            retry: confirm.retry.as_ref().map(|text| self.text(text)),
            optional: None,
            choices: Choices::None,
            min: None,
            max: None,
            max_length: None,
            days: Tense::Any,
            hours: None,
            also: Vec::new(),
            hears: None,
        }
    }

    fn days(&mut self, collect: &Collect) -> Tense {
        let Some(days) = &collect.days else { return Tense::Any };
        if !matches!(collect.slot_type, SlotType::Date | SlotType::DateRange) {
            self.mistake(Mistake::new(days.line, "'days' is for dates", "write 'type: date', or remove it"));
        }
        match days.value {
            DaysDef::Ahead => Tense::Ahead,
            DaysDef::Behind => Tense::Behind,
        }
    }

    fn hours(&mut self, collect: &Collect) -> Option<Hours> {
        let hours = collect.hours.as_ref()?;
        if !matches!(collect.slot_type, SlotType::Time | SlotType::TimeRange) {
            self.mistake(Mistake::new(
                hours.line,
                "'hours' is for times",
                "write 'type: time', or remove it",
            ));
        }
        let read = spell(&hours.value);
        if read.is_none() {
            let hint = "write '\"08:00-15:00\"', in quotes, with the 24-hour clock";
            self.mistake(Mistake::new(hours.line, "these are no hours of a day", hint));
        }
        read
    }

    fn choices(&mut self, options: Option<&At<Options>>) -> Choices {
        match options.map(|options| (options.line, &options.value)) {
            None => Choices::None,
            Some((_, Options::List(list))) => {
                Choices::Fixed(list.iter().map(|option| self.fixed_option(option)).collect())
            }
            Some((line, Options::Expression(source))) => {
                let source = expression_in(source).unwrap_or(source);
                self.expr(line, source).map_or(Choices::None, Choices::Expr)
            }
        }
    }

    fn fixed_option(&mut self, option: &OptionDef) -> FixedOption {
        let description: Option<Compiled> = option.description.as_ref().map(|text| self.text(text));
        FixedOption {
            id: option.id.value.clone(),
            label: self.text(&option.label),
            description,
            also: option.also.0.clone(),
        }
    }
}

/// "08:00-15:00"
fn spell(text: &str) -> Option<Hours> {
    let (from, to) = text.split_once('-')?;
    let clock = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    let hours = Hours { from: clock(from)?, to: clock(to)? };
    (hours.from < hours.to).then_some(hours)
}
