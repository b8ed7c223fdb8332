use super::*;

/// Language, text; `-` means that the text does not tell.
const SAID: &str = include_str!("tests.tsv");

#[test]
fn every_sentence_of_the_table_is_told() {
    let languages = Languages::built_in();
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in SAID.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (lang, text) = line.split_once('\t').unwrap();
        let guess = languages.guess(text);
        let told = guess.map_or("-".to_owned(), |guess| guess.lang.to_string());
        count += 1;
        if told != lang {
            wrong.push(format!("{text}: {lang}, not {told} {guess:?}"));
        }
    }
    assert!(count >= 120, "{count}");
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_pack_adds_a_language() {
    let mut languages = Languages::built_in();
    let nahuatl = languages.add("spec: 1\nlang: nah\nwords: tlazohcamati niltze quen tica\n").unwrap();
    assert_eq!(languages.guess("niltze, quen tica").map(|guess| guess.lang), Some(nahuatl));
    assert!(languages.add("spec: 2\nlang: nah\nwords: a\n").unwrap_err().contains("spec"));
    assert!(languages.add("lang: nah\n").is_err());
}

#[test]
fn phrases_teach_words_that_no_list_has() {
    let mut languages = Languages::built_in();
    assert_eq!(languages.guess("mofles"), None);
    for _ in 0..2 {
        languages.learn(Lang::ES, "unos mofles ruidosos");
    }
    assert_eq!(languages.guess("mofles").map(|guess| guess.lang), Some(Lang::ES));
}

#[test]
fn the_more_is_said_the_surer_it_is() {
    let languages = Languages::built_in();
    let sure = |text: &str| languages.guess(text).map_or(0.0, |guess| guess.confidence);
    assert!(sure("hola") < sure("hola, hay un bache en la calle de mi casa"));
    assert!(sure("hola, hay un bache en la calle de mi casa") > 0.8);
}

#[test]
fn endless_and_strange_texts_are_read_without_harm() {
    let languages = Languages::built_in();
    languages.guess(&"k'áat ".repeat(200_000));
    for text in ["", "'''", "\u{301}\u{301}", "🔥", "你好 你好 你好", "\0\u{202e}"] {
        languages.guess(text);
    }
}
