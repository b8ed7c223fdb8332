//! Older files of the flow language, brought up to date before they are read.

use crate::yaml::{Kind, Mistake, Node};

/// The version of the language that this build reads.
pub(crate) const SPEC: u64 = 1;

/// A step from one version to the next, over the tree, because the types know only the newest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Migration {
    pub from: u64,
    pub apply: fn(&mut Node),
}

/// In order. Empty: version 1 is the first.
pub(crate) const MIGRATIONS: &[Migration] = &[];

/// Applies what lies between the file's version and `current`.
pub(crate) fn migrate(node: &mut Node, table: &[Migration], current: u64) -> Result<(), Mistake> {
    let mut version = version(node, current)?;
    while version < current {
        let Some(migration) = table.iter().find(|migration| migration.from == version) else {
            return Err(unknown(node, version, current));
        };
        (migration.apply)(node);
        version += 1;
    }
    if let Kind::Map(entries) = &mut node.kind {
        let spec = entries.iter_mut().find(|(key, _)| key.is("spec"));
        if let Some((_, value)) = spec {
            value.kind = Kind::Number(current.into());
        }
    }
    Ok(())
}

fn version(node: &Node, current: u64) -> Result<u64, Mistake> {
    let Kind::Map(_) = node.kind else {
        return Err(Mistake::new(
            node.line.max(1),
            "this is not a flow",
            format!("begin the file with 'spec: {current}'"),
        ));
    };
    let hint = format!("write 'spec: {current}' in the first line");
    let Some(spec) = node.get("spec") else {
        return Err(Mistake::new(node.line, "'spec' is missing", hint));
    };
    match &spec.kind {
        Kind::Number(number) => match number.as_u64() {
            Some(version) if version > current => Err(Mistake::new(
                spec.line,
                format!(
                    "this file was written for a newer Ventanilla (spec {version}; this one reads up to {current})"
                ),
                "update Ventanilla, or take an older copy of the file",
            )),
            Some(version) if version > 0 => Ok(version),
            _ => Err(unknown(node, 0, current)),
        },
        _ => {
            Err(Mistake::new(spec.line, format!("'spec' is a number, but here is {}", spec.describe()), hint))
        }
    }
}

fn unknown(node: &Node, version: u64, current: u64) -> Mistake {
    let line = node.get("spec").map_or(node.line, |spec| spec.line);
    let message = format!("spec {version} is not known");
    Mistake::new(
        line,
        message,
        format!("write 'spec: {current}', and see in docs/FLOWS.md how steps are written"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::parse;

    fn rename(node: &mut Node, from: &str, to: &str) {
        let Kind::Map(entries) = &mut node.kind else { return };
        for (key, _) in entries.iter_mut().filter(|(key, _)| key.is(from)) {
            key.kind = Kind::Text(to.to_owned());
        }
    }

    const TABLE: &[Migration] = &[
        Migration { from: 2, apply: |node| rename(node, "two", "three") },
        Migration { from: 1, apply: |node| rename(node, "one", "two") },
    ];

    #[test]
    fn migrations_are_applied_in_the_order_of_versions() {
        let mut node = parse("spec: 1\none: x\n").unwrap();
        migrate(&mut node, TABLE, 3).unwrap();
        assert!(node.get("three").unwrap().is("x"), "one became two, then three");
        assert_eq!(node.get("spec").unwrap().as_text().unwrap(), "3");
    }

    #[test]
    fn a_file_starts_from_its_own_version() {
        let mut node = parse("spec: 2\none: x\n").unwrap();
        migrate(&mut node, TABLE, 3).unwrap();
        assert!(node.get("one").is_some(), "the first migration was not for it");
    }

    #[test]
    fn a_missing_wrong_old_or_newer_version_is_named_with_its_line() {
        let fail = |text: &str| migrate(&mut parse(text).unwrap(), MIGRATIONS, SPEC).unwrap_err();
        assert_eq!(fail("flow: x\n").message, "'spec' is missing");
        assert_eq!(fail("flow: x\nspec: one\n").line, 2);
        assert_eq!(fail("spec: 0\n").message, "spec 0 is not known");
        assert!(fail("spec: 7\n").message.contains("newer Ventanilla"));
        assert!(fail("- a\n").hint.contains("spec: 1"));
    }
}
