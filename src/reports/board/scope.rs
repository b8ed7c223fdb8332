//! Who sees which reports. Agents and supervisors see all that are not private; who is of departments sees those of their
//! own, and what they attend themselves. Private ones are seen by members of the department that has them, and of the
//! category's own department.

use crate::{
    catalogue::Catalogue,
    staff::{Member, Permission},
    store::board::Scope,
};

/// What somebody may see.
pub fn scope(catalogue: &Catalogue, member: &Member) -> Scope {
    let private = member.may(Permission::PrivateReports);
    let of_own = |department: &String| member.departments.contains(department);
    let categories = catalogue.categories().iter();
    let private_categories = categories
        .filter(|category| private && category.private && of_own(&category.department))
        .map(|category| category.id.clone());
    Scope {
        staff: member.id,
        departments: (!member.sees_all_teams()).then(|| member.departments.clone()),
        private_departments: if private { member.departments.clone() } else { Vec::new() },
        private_categories: private_categories.collect(),
    }
}
