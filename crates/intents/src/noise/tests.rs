use super::*;
use crate::spelling::is_shorthand;

#[test]
fn the_fixer_has_learnt_none_of_the_abbreviations_by_heart() {
    let forms = abbreviations::ALL.iter().flat_map(|(_, forms)| forms.iter());
    let shared: Vec<_> = forms.filter(|form| is_shorthand(form)).collect();
    assert!(shared.is_empty(), "take them out of the fixer's list: {shared:?}");
}

#[test]
fn every_abbreviation_is_found_by_its_word() {
    for (long, forms) in abbreviations::ALL {
        assert!(!forms.is_empty() && forms.iter().all(|form| form != long), "{long}");
        assert_eq!(abbreviations::of(long), *forms);
    }
    assert_eq!(abbreviations::of("También"), abbreviations::of("tambien"));
}

#[test]
fn heavy_spoils_more_than_light_and_both_leave_something() {
    let text = "buenas noches quiero reportar que no hay agua en la colonia centro desde ayer por la mañana "
        .repeat(20);
    let kept = |noise: Noise| {
        let spoilt = noise.apply(&text, 1);
        let kept = spoilt.split(' ').filter(|word| text.contains(word)).count();
        kept as f32 / text.split(' ').count() as f32
    };
    let (light, heavy) = (kept(Noise::LIGHT), kept(Noise::HEAVY));
    assert!(light > heavy + 0.15, "light {light} heavy {heavy}");
    assert!(light < 0.95 && heavy > 0.2, "light {light} heavy {heavy}");
}

#[test]
fn another_seed_spoils_otherwise() {
    let text = "no ha pasado el camión de la basura desde el lunes";
    assert_ne!(Noise::HEAVY.apply(text, 1), Noise::HEAVY.apply(text, 2));
}

#[test]
fn numbers_and_signs_stay() {
    for seed in 0..200 {
        let spoilt = Noise { joined: 0.0, ..Noise::HEAVY }.apply("folio 48213, ¿cómo va?", seed);
        assert!(spoilt.contains(" 48213, ¿") && spoilt.ends_with('?'), "{spoilt}");
    }
}

#[test]
fn a_noise_is_asked_for_by_name() {
    assert_eq!("light".parse(), Ok(Noise::LIGHT));
    assert_eq!("heavy".parse(), Ok(Noise::HEAVY));
    assert!("loud".parse::<Noise>().is_err());
}
