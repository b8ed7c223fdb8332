//! What people are called without their name: who falls, who has an age, whose name stands behind.

/// In small letters without accents.
pub(super) const PEOPLE: [&str; 51] = [
    "nino", "nina", "ninos", "ninas", "senora", "senor", "senores", "abuelita", "abuelito", "abuela",
    "abuelo", "vecino", "vecina", "persona", "personas", "gente", "anciano", "anciana", "hijo", "hija",
    "hijos", "mama", "papa", "muchacho", "muchacha", "viejito", "viejita", "kid", "kids", "child",
    "children", "woman", "man", "lady", "esposa", "esposo", "bebe", "hermano", "hermana", "primo", "prima",
    "tio", "tia", "nieto", "nieta", "sobrino", "sobrina", "daughter", "mother", "father", "baby",
];
