//! `collect` and `confirm` -> what is asked.

use super::{Choices, FixedOption, Question, emit::Emitter};
use crate::{
    definition::{Collect, Confirm, OptionDef, Options, SlotType},
    template::{Compiled, expression_in},
    yaml::At,
};

impl Emitter<'_> {
    pub(super) fn collect_question(&mut self, collect: &Collect) -> Question {
        Question {
            slot: collect.collect.value.clone(),
            slot_type: collect.slot_type,
            always: false,
            ask: self.text(&collect.ask),
            retry: collect.retry.as_ref().map(|text| self.text(text)),
            optional: collect.optional.as_ref().map(|text| self.text(text)),
            choices: self.choices(collect.options.as_ref()),
            min: collect.min.as_deref().copied(),
            max: collect.max.as_deref().copied(),
            max_length: collect.max_length.as_deref().copied(),
        }
    }

    pub(super) fn confirm_question(&mut self, confirm: &Confirm) -> Question {
        Question {
            slot: confirm.confirm.value.clone(),
            slot_type: SlotType::YesNo,
            always: true,
            ask: self.text(&confirm.ask),
            retry: confirm.retry.as_ref().map(|text| self.text(text)),
            optional: None,
            choices: Choices::None,
            min: None,
            max: None,
            max_length: None,
        }
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
