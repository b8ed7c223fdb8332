//! The names of what citizens mean. Flows, tests, reports and statistics refer to them, so they are a contract: a
//! name is never renamed or dropped, only added to. Each has a file `intents/<name>.yaml`.

/// Out of scope: what no town hall handles, and gibberish. Never acted on.
pub const NONE: &str = "none";

/// These win over everything, in every state of a conversation.
pub const SAFETY: [&str; 3] = ["emergency.immediate", "crisis.self_harm", "crisis.violence"];

pub fn is_safety(intent: &str) -> bool {
    SAFETY.contains(&intent)
}

/// Every intent, [`NONE`] included.
pub const INTENTS: [&str; 87] = [
    "report.pothole",
    "report.sidewalk",
    "report.streetlight",
    "report.garbage",
    "report.illegal_dumping",
    "report.water_leak",
    "report.no_water",
    "report.sewage",
    "report.flooding",
    "report.tree",
    "report.park",
    "report.traffic_signal",
    "report.abandoned_vehicle",
    "report.noise",
    "report.animal",
    "report.graffiti",
    "report.illegal_construction",
    "report.street_vendor",
    "report.public_transport",
    "report.corruption",
    "report.status",
    "report.add_info",
    "report.reopen",
    "service.waste_schedule",
    "service.water_bill",
    "service.pet_care",
    "service.building_permit",
    "service.info",
    "service.birth_registration",
    "service.birth_certificate",
    "service.death_certificate",
    "service.marriage",
    "service.curp",
    "service.property_tax",
    "service.traffic_fine",
    "service.drivers_license",
    "service.business_license",
    "service.residence_letter",
    "service.military_id",
    "service.scholarship",
    "service.senior_benefits",
    "service.disability_benefits",
    "service.childcare",
    "service.school_enrolment",
    "service.health",
    "service.job_search",
    "service.cemetery",
    "service.legal_aid",
    "service.office_info",
    "appointment.book",
    "appointment.change",
    "appointment.cancel",
    "life.disaster",
    "life.pregnancy",
    "life.birth",
    "life.school_start",
    "life.turning_18",
    "life.marriage",
    "life.moving",
    "life.job_loss",
    "life.new_business",
    "life.turning_60",
    "life.disability",
    "life.death",
    "participate.park_review",
    "participate.idea",
    "emergency.immediate",
    "crisis.self_harm",
    "crisis.violence",
    "chat.greet",
    "chat.thanks",
    "chat.goodbye",
    "chat.affirm",
    "chat.deny",
    "chat.cancel",
    "chat.back",
    "chat.repeat",
    "chat.menu",
    "chat.help",
    "chat.agent",
    "chat.complaint",
    "chat.language",
    "consent.stop",
    "consent.start",
    "privacy.my_data",
    "privacy.erase",
    "none",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_is_there_once_with_safety_and_none_among_them() {
        let names: BTreeSet<&str> = INTENTS.into_iter().collect();
        assert_eq!(names.len(), INTENTS.len());
        assert!(names.contains(NONE));
        assert!(SAFETY.iter().all(|name| names.contains(name)));
    }
}
