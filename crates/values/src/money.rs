//! Amounts of money: what people owe, paid or were asked for. A bare number is no amount.

use serde::{Deserialize, Serialize};

use thiserror::Error;

use crate::{Reader, TokenKind, is_number_word, number, reader::only};

/// An amount in hundredths: 125,050 centavos are $1,250.50.
///
/// ```
/// use ventanilla_values::{Currency, Money};
/// let money = Money::parse("me cobraron mil quinientos pesos").unwrap();
/// assert_eq!((money.cents, money.currency), (150_000, Currency::Mxn));
/// assert_eq!(Money::parse("$1,250.50").map(|m| m.cents), Some(125_050));
/// assert_eq!(Money::parse("1500"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    pub cents: u64,
    pub currency: Currency,
}

/// ISO 4217. A dollar sign alone is pesos.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    Mxn,
    Usd,
}

/// Why an answer holds no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MoneyError {
    #[error("there is no amount of money, or there are several")]
    NoAmount,
    #[error("an amount is not less than nothing")]
    Negative,
    #[error("nobody has so much money")]
    TooMuch,
}

/// More than this is a slip or a joke: a hundred thousand millions.
const MOST: f64 = 1e11;

const BEFORE: [(&str, Currency); 8] = [
    ("us $", Currency::Usd),
    ("usd $", Currency::Usd),
    ("usd", Currency::Usd),
    ("us", Currency::Usd),
    ("mx $", Currency::Mxn),
    ("mxn $", Currency::Mxn),
    ("mxn", Currency::Mxn),
    ("$", Currency::Mxn),
];
const BEHIND: [(&str, Currency); 19] = [
    ("pesos", Currency::Mxn),
    ("peso", Currency::Mxn),
    ("pesitos", Currency::Mxn),
    ("varos", Currency::Mxn),
    ("baros", Currency::Mxn),
    ("varitos", Currency::Mxn),
    ("mxn", Currency::Mxn),
    ("m . n .", Currency::Mxn),
    ("mn", Currency::Mxn),
    ("mexican pesos", Currency::Mxn),
    ("dolares", Currency::Usd),
    ("dolar", Currency::Usd),
    ("dlls", Currency::Usd),
    ("dls", Currency::Usd),
    ("usd", Currency::Usd),
    ("us dollars", Currency::Usd),
    ("dollars", Currency::Usd),
    ("dollar", Currency::Usd),
    ("bucks", Currency::Usd),
];

impl Money {
    /// The one amount of an answer.
    pub fn parse(text: &str) -> Option<Self> {
        only(text, Self::read)
    }

    /// Reads the answer to "how much?": there a bare number is pesos.
    ///
    /// ```
    /// use ventanilla_values::{Money, MoneyError};
    /// assert_eq!(Money::answer("como 1,500").map(|m| m.cents), Ok(150_000));
    /// assert_eq!(Money::answer("-5"), Err(MoneyError::Negative));
    /// ```
    pub fn answer(text: &str) -> Result<Self, MoneyError> {
        let written = Self::parse(text).filter(|_| !text.trim_start().starts_with('-'));
        written.map_or_else(|| bare(text), Ok)
    }

    /// In units of its currency: 1250.5.
    pub fn amount(&self) -> f64 {
        self.cents as f64 / 100.0
    }

    /// The amount that begins here.
    pub fn read(reader: &mut Reader<'_>) -> Option<Self> {
        reader.attempt(|r| signed(r).or_else(|| r.attempt(named)).or_else(|| r.attempt(cents_only)))
    }

    fn of(amount: f64, currency: Currency) -> Option<Self> {
        let cents = (amount * 100.0).round();
        (0.0..=MOST).contains(&amount).then_some(Self { cents: cents as u64, currency })
    }
}

fn bare(text: &str) -> Result<Money, MoneyError> {
    match only(text, grouped).or_else(|| number(text)) {
        None => Err(MoneyError::NoAmount),
        Some(amount) if amount < 0.0 => Err(MoneyError::Negative),
        Some(amount) => Money::of(amount, Currency::Mxn).ok_or(MoneyError::TooMuch),
    }
}

/// "$1,250.50", "USD 50", "$5 mil pesos".
fn signed(r: &mut Reader<'_>) -> Option<Money> {
    r.attempt(|r| {
        // "us" is also an English word: it counts only before the sign.
        let currency = r.take_listed(&BEFORE).filter(|_| r.word_at(-1) != "us")?;
        let number = amount(r)?;
        Money::of(number, unit(r).unwrap_or(currency))
    })
}

/// "1500 pesos", "dos millones de pesos", "10 pesos con 50 centavos".
fn named(r: &mut Reader<'_>) -> Option<Money> {
    let number = amount(r)?;
    let currency = unit(r)?;
    let rest = r.attempt(|r| {
        r.take(&["con", "y", "and", "with"]);
        let cents = r.take_count(99)?;
        r.take(&["centavos", "centavo", "cents", "ctvs"])?;
        Some(f64::from(cents))
    });
    Money::of(number + rest.unwrap_or(0.0) / 100.0, currency)
}

fn amount(r: &mut Reader<'_>) -> Option<f64> {
    if r.take_phrase(&["medio millon", "half a million"]) {
        return Some(500_000.0);
    }
    r.attempt(grouped).or_else(|| r.take_number())
}

/// "1.500", "1'200,000.50": of money, three figures behind any sign are thousands, since centavos are two.
fn grouped(r: &mut Reader<'_>) -> Option<f64> {
    const MOST_GROUPS: usize = 4;
    let part = |r: &mut Reader<'_>, signs: &[&str], figures: usize| {
        r.attempt(|r| {
            r.take(signs).filter(|_| r.token_at(-1).is_some_and(|sign| sign.glued) && r.is_glued())?;
            let right = r.word().len() == figures;
            r.take_digits(figures).filter(|_| right)
        })
    };
    let mut whole = f64::from(r.take_digits(3).filter(|first| *first > 0)?);
    let mut groups = 0;
    while groups < MOST_GROUPS
        && let Some(group) = part(r, &["'", "’", ",", "."], 3)
    {
        (whole, groups) = (whole * 1000.0 + f64::from(group), groups + 1);
    }
    let cents = part(r, &[".", ","], 2).unwrap_or(0);
    // "1.500.2" is no amount; "1.5 mil" is counted elsewhere.
    let more = matches!(r.word(), "." | "," | "'")
        && r.token_at(1).is_some_and(|next| next.glued && next.kind == TokenKind::Digits);
    (groups > 0 && !more && !is_number_word(r.word())).then_some(whole + f64::from(cents) / 100.0)
}

fn unit(r: &mut Reader<'_>) -> Option<Currency> {
    r.attempt(|r| {
        r.take(&["de"]);
        r.take_listed(&BEHIND)
    })
}

/// "50 centavos".
fn cents_only(r: &mut Reader<'_>) -> Option<Money> {
    let cents = r.take_number()?;
    let currency = match r.take(&["centavos", "centavo", "ctvs", "cents"])? {
        "cents" => Currency::Usd,
        _ => Currency::Mxn,
    };
    Money::of(cents / 100.0, currency)
}

/// Without the amount: it may be somebody's debt.
impl std::fmt::Debug for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Money(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_are_read_with_sign_or_word() {
        use Currency::{Mxn, Usd};
        for (text, cents, currency) in [
            ("$1,250.50", 125_050, Mxn),
            ("$ 300", 30_000, Mxn),
            ("son 1500 pesos", 150_000, Mxn),
            ("mil quinientos pesos", 150_000, Mxn),
            ("20 varos", 2_000, Mxn),
            ("$5 mil", 500_000, Mxn),
            ("2 millones de pesos", 200_000_000, Mxn),
            ("10 pesos con 50 centavos", 1_050, Mxn),
            ("cincuenta centavos", 50, Mxn),
            ("un peso", 100, Mxn),
            ("350 MXN", 35_000, Mxn),
            ("MXN 350.00", 35_000, Mxn),
            ("$ 200.00 M.N.", 20_000, Mxn),
            ("50 dollars", 5_000, Usd),
            ("US$50", 5_000, Usd),
            ("USD 1,000", 100_000, Usd),
            ("cien dólares", 10_000, Usd),
            ("twenty five hundred pesos", 250_000, Mxn),
            ("medio millón de pesos", 50_000_000, Mxn),
            ("millón y medio de pesos", 150_000_000, Mxn),
            ("1.500 pesos", 150_000, Mxn),
            ("1.50 pesos", 150, Mxn),
            ("$1.250.000", 125_000_000, Mxn),
            ("$1'200", 120_000, Mxn),
            ("$1'200,000.50", 120_000_050, Mxn),
            ("1.250,50 pesos", 125_050, Mxn),
        ] {
            assert_eq!(Money::parse(text).map(|m| (m.cents, m.currency)), Some((cents, currency)), "{text}");
        }
    }

    #[test]
    fn a_bare_number_is_no_amount() {
        for text in ["", "1500", "$", "pesos", "three of us 4", "us 3", "$5 o $6", "-", "$9999999999999"] {
            assert_eq!(Money::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>(), like in "[$0-9., a-z]{0,40}") {
            let _ = (Money::parse(&text), Money::parse(&like));
        }

        #[test]
        fn cents_are_kept_exactly(cents in 0_u64..100_000_000) {
            let text = format!("${}.{:02}", cents / 100, cents % 100);
            prop_assert_eq!(Money::parse(&text).map(|m| m.cents), Some(cents));
        }
    }
}
