//! The store's contract: what each of its functions promises, whatever the database. One test a function; a public
//! function without a test fails the suite.

mod abroad;
mod accounts;
mod alarms;
mod attempts;
mod counters;
mod deeds;
mod everybody;
mod feedback_told;
mod forgetting;
mod heard;
mod idle_talks;
mod ledger;
mod lives;
mod looks;
mod outgoing;
mod records;
mod roads;
mod shelf;
mod supervision;
mod talks;
mod times;
mod working;

use std::{collections::BTreeSet, fs, path::Path};

use abroad::*;
use accounts::*;
use alarms::*;
use counters::*;
use deeds::*;
use everybody::*;
use feedback_told::*;
use forgetting::*;
use heard::*;
use idle_talks::*;
use ledger::*;
use lives::*;
use looks::*;
use outgoing::*;
use records::*;
use roads::*;
use shelf::Shelf;
use supervision::*;
use talks::*;
use times::*;
use working::*;

/// A test for each function: `aggregate { function: test, … }`.
macro_rules! contract {
    ($($aggregate:ident { $($function:ident: $promise:ident),* $(,)? })*) => {
        $(mod $aggregate {
            $(#[tokio::test]
            async fn $function() {
                super::$promise(super::Shelf::open().await).await;
            })*
        })*

        const TESTED: &[&str] = &[$($(concat!(stringify!($aggregate), "::", stringify!($function))),*),*];
    };
}

contract! {
    bot_talks {
        page: talks_in_trouble_come_first,
        count: only_talks_of_the_bot_are_counted,
        of: the_talk_of_a_person_is_found,
    }
    canned {
        list: canned_replies_are_listed_by_shortcut,
        by_id: a_canned_reply_has_its_shortcut_for_itself,
        put: a_canned_reply_has_its_shortcut_for_itself,
        remove: a_canned_reply_is_taken_away,
    }
    chat_log {
        write: what_colleagues_note_is_told_in_order,
        last: what_colleagues_note_is_told_in_order,
    }
    api_keys {
        insert: a_key_is_kept_under_its_hash,
        by_token: a_revoked_key_opens_nothing,
        list: keys_are_listed_newest_first,
        used: the_last_use_of_a_key_is_noted,
        revoke: a_key_is_revoked_once,
    }
    audit {
        append: each_entry_follows_the_one_before,
        last: an_empty_log_has_no_last_entry,
        after: a_check_walks_the_log_from_its_start,
        page: a_page_of_the_log_is_filtered,
    }
    consents {
        record: the_same_message_says_a_thing_once,
        state: the_newest_row_that_applies_holds,
        history: the_ledger_is_told_in_order,
        message_of: the_message_that_a_turn_answered_is_found,
    }
    conversations {
        load: somebody_who_never_wrote_has_an_empty_conversation,
        save: a_turn_that_somebody_else_did_meanwhile_is_a_conflict,
        keep: that_something_is_kept_is_noted_until_the_next_turn,
        merge: the_talk_that_was_heard_last_goes_on,
        forget: under_a_new_number_nothing_is_open,
        give_to: a_conversation_given_away_makes_the_turn_under_way_old,
        last_told_on: where_the_last_words_went_is_known,
    }
    idle {
        to_remind: who_is_to_be_reminded_is_found_when_it_is_time,
        put_off: a_reminder_is_put_off_unless_another_was_planned,
        to_erase: what_is_to_be_erased_is_found_when_it_is_time,
        keep_longer: an_erasure_is_put_off_unless_another_was_planned,
    }
    uploads {
        insert: an_upload_is_sent_once_and_again_when_taken_back,
        unsent: an_upload_is_sent_once_and_again_when_taken_back,
        send: an_upload_is_sent_once_and_again_when_taken_back,
        give_back: an_upload_is_sent_once_and_again_when_taken_back,
        forget_unsent: what_nobody_sent_is_forgotten,
    }
    likenesses {
        put: what_a_photo_looks_like_is_kept_once,
        of_photo: what_a_photo_looks_like_is_kept_once,
        of_report: the_photos_of_citizens_are_compared,
    }
    lent {
        lend: a_lent_chat_keeps_the_talk_that_stood_open_first,
        of_person: a_lent_chat_keeps_the_talk_that_stood_open_first,
        end: a_lent_chat_keeps_the_talk_that_stood_open_first,
    }
    blocks {
        put: a_block_stands_until_its_day,
        standing: a_block_stands_until_its_day,
        list: a_block_stands_until_its_day,
        lift: a_block_is_lifted_once,
    }
    training {
        put: the_newest_word_about_a_message_counts,
        by_id: the_newest_word_about_a_message_counts,
        page: examples_are_listed_by_what_became_of_them,
        accepted: examples_are_listed_by_what_became_of_them,
        review: examples_are_listed_by_what_became_of_them,
    }
    desk {
        page: each_queue_has_its_chats_in_the_order_of_need,
        chat: who_is_of_a_department_sees_its_chats_only,
        ever_saw: who_is_of_a_department_sees_its_chats_only,
        counts: the_queues_are_counted,
        loads: the_chats_of_each_colleague_are_counted,
        loads_by_channel: the_chats_of_each_colleague_are_counted_by_channel,
        since: what_the_figures_need_is_read,
        attended_since: whom_a_colleague_attended_is_known_for_a_while,
    }
    feedback {
        insert: what_is_told_is_kept_once,
        list: what_is_told_is_listed_by_kind_and_time,
        by_reference: what_is_told_is_listed_by_kind_and_time,
        mark_read: what_was_read_is_marked_and_noted,
        annotate: what_was_read_is_marked_and_noted,
        by_place: places_are_counted_month_by_month,
    }
    handovers {
        put_back: a_chat_that_is_put_back_waits_again,
        keep_within: what_is_private_is_kept_from_who_may_not_read_it,
        answered: an_answer_ends_the_waiting,
        heard: who_writes_again_waits_again,
        held_by: the_chats_of_a_colleague_are_found,
        open: nobody_stands_in_the_queue_twice_and_a_crisis_raises,
        open_of: the_open_entry_of_a_person_is_found,
        list_open: crises_come_first_then_the_oldest,
        count_before: those_who_came_before_are_counted,
        by_id: an_entry_is_found_by_its_id,
        claim: who_attends_is_noted,
        touch: a_chat_that_staff_touched_is_another,
        close: what_is_closed_is_open_no_more,
        phone_of: the_phone_of_the_channel_comes_first,
        merge: who_waits_twice_waits_once,
        plan_call: who_is_called_later_waits_until_then,
        end_call: a_call_that_is_over_is_due_no_more,
        last_attended: who_attended_somebody_last_is_known,
        phone_to_call: who_gave_a_number_is_called_there,
    }
    inbox {
        insert: a_message_is_stored_once,
        exists: a_message_is_known_by_channel_account_and_id,
        waiting: messages_wait_oldest_first,
        people_waiting: people_with_waiting_messages_are_named_once,
        done: what_is_done_waits_no_more,
        count_attempt: failed_turns_are_counted,
        raw_of: the_bytes_that_brought_a_message_are_kept,
        forget_raw: the_bytes_of_old_messages_are_forgotten,
        edit: a_person_changes_their_own_message_only,
        redact: what_was_taken_back_is_gone_with_its_bytes,
    }
    identities {
        insert: an_identity_opens_one_account_and_an_account_has_one_of_a_provider,
        by_subject: an_identity_is_found_by_issuer_and_subject,
        of_staff: an_identity_is_found_by_its_account,
        remove: an_identity_is_taken_away_once,
    }
    invitations {
        insert: a_newer_link_voids_the_older,
        by_token: a_link_works_until_it_expires,
        open: only_links_for_newcomers_are_listed,
        close: a_link_is_closed_once,
        close_for: the_links_of_who_leaves_are_void,
    }
    kept {
        keep: a_kept_reply_is_not_pending,
        release: what_was_kept_goes_when_the_person_writes_there,
        give_up: what_nobody_came_for_is_given_up,
        reminded_since: one_reminder_is_enough,
        reroute: a_reply_goes_by_another_channel,
        respell: an_address_is_tried_in_another_spelling,
        failed: the_failed_reply_of_a_status_is_found,
    }
    media {
        insert: noting_a_file_twice_is_harmless,
        by_id: a_file_is_found_by_its_id,
        came_with: the_message_that_brought_a_photo_is_noted,
        was_given: a_file_is_given_by_the_message_that_brings_it,
    }
    database {
        open: opening_again_keeps_what_is_there,
        unit: a_unit_that_is_dropped_leaves_nothing,
        single: a_single_statement_is_there_once_it_is_committed,
        probe: a_sound_database_can_write,
        close: what_is_closed_can_be_opened_by_another,
        check_keyring: another_keyring_is_refused,
    }
    notices {
        note: the_same_news_is_counted_and_not_repeated,
        open: open_notices_come_newest_first,
        acknowledge: what_was_seen_to_is_open_no_more,
    }
    outbox {
        insert: a_reply_is_stored_once_by_its_key,
        take_back: only_what_waits_is_taken_back,
        pending: the_first_reply_of_a_person_goes_first,
        people_waiting: people_with_due_replies_are_named,
        claim: only_one_claims_a_reply,
        accepted: an_accepted_reply_is_not_pending,
        retry: a_reply_to_retry_is_queued_for_later,
        unsure: an_unsure_reply_waits_for_news,
        failed: a_failed_reply_makes_room_for_the_next,
        postpone: a_postponed_reply_waits_without_an_attempt,
        recover: what_was_being_sent_is_unsure_after_a_crash,
        mask: a_secret_is_forgotten_once_it_was_said,
        mask_old: secrets_that_a_page_fetched_are_forgotten_later,
        mailbox: a_page_fetches_what_came_after,
        depth: replies_under_way_are_counted,
    }
    pages {
        open: a_chat_has_one_page,
        of_chat: a_chat_has_one_page,
        by_id: a_chat_has_one_page,
        due: pages_whose_next_are_to_be_called_are_found,
        go_on: a_page_goes_on_once_and_not_when_it_was_answered,
        answer: the_first_answer_counts_and_ends_the_calls,
        attended: a_chat_that_a_person_answered_needs_no_page,
        call: calls_are_kept_in_their_order,
        call_by_id: calls_are_kept_in_their_order,
        calls_of: calls_are_kept_in_their_order,
        calls_due: calls_that_are_due_are_found_until_they_are_made,
        called: calls_that_are_due_are_found_until_they_are_made,
    }
    people {
        resolve: the_same_phone_is_the_same_person_on_every_channel,
        last_address: a_person_is_answered_where_they_last_wrote,
        resolve_noting: two_records_of_one_person_become_one,
        move_to: an_old_number_leads_to_nobody,
        phones: the_phones_of_a_person_are_told,
        by_phone: who_has_a_phone_is_found,
        route_on: how_a_person_is_spelled_on_a_channel_is_told,
        preferred: nobody_prefers_a_channel_unasked,
        prefer: the_last_wish_for_a_channel_holds,
    }
    ratings {
        ask: nobody_is_asked_twice_about_a_chat,
        rate: a_rating_belongs_to_the_chat_that_was_asked_about,
        quiet: when_a_hard_thing_was_spoken_of_is_known,
        quiet_since: when_a_hard_thing_was_spoken_of_is_known,
    }
    erasure {
        held: what_is_kept_of_somebody_is_counted,
        talk: a_talk_is_erased_by_its_channel_and_the_unanswered_stays,
        person: a_person_is_erased_but_for_the_address_and_what_the_law_keeps,
        addresses: without_addresses_nobody_is_found_again,
        files: files_of_an_erased_talk_wait_to_be_removed,
        removed: files_of_an_erased_talk_wait_to_be_removed,
    }
    privacy_requests {
        insert: the_same_is_asked_for_once,
        by_reference: the_same_is_asked_for_once,
        list: what_is_due_first_is_listed_first,
        decide: a_request_is_decided_once,
        to_forget: an_address_is_forgotten_once_the_last_word_went,
        forgotten: an_address_is_forgotten_once_the_last_word_went,
    }
    proposals {
        insert: a_proposal_waits_apart_from_the_outbox,
        of_chat: a_proposal_is_found_in_its_chat_only,
        of_reply: a_proposal_is_found_by_the_reply_it_became,
        last: the_proposals_of_a_person_are_told_in_order,
        waiting: the_oldest_proposal_waits_first,
        chats_waiting: chats_with_a_waiting_proposal_are_counted_once,
        decide: a_proposal_is_decided_once,
        reopen: an_approval_that_was_taken_back_waits_again,
    }
    raws {
        insert: sealed_bytes_are_kept,
        by_id: sealed_bytes_are_found_by_their_id,
        quarantined: only_quarantine_is_listed_newest_first,
        forget: old_bytes_are_forgotten,
    }
    recovery_codes {
        replace: new_codes_take_the_place_of_old_ones,
        left: somebody_without_codes_has_none_left,
        use_up: a_recovery_code_works_once,
    }
    releases {
        activate: the_last_activated_release_is_active,
        files: a_release_keeps_its_files,
        active: without_a_release_none_is_active,
        forget_unused: a_pinned_release_is_kept,
    }
    open_requests {
        find: only_public_reports_are_listed,
        by_folios: only_public_reports_are_listed,
        told_between: what_was_told_of_public_reports_is_found,
        told_of: what_was_told_of_public_reports_is_found,
        last_words: what_was_told_of_public_reports_is_found,
    }
    report_contacts {
        put: how_to_reach_somebody_can_be_erased,
        of_report: how_to_reach_somebody_can_be_erased,
        erase: how_to_reach_somebody_can_be_erased,
    }
    report_externals {
        put: another_system_has_one_report_with_an_id,
        by_id: another_system_has_one_report_with_an_id,
        of_report: another_system_has_one_report_with_an_id,
        due: what_is_to_be_sent_comes_in_order,
    }
    report_fetches {
        put: a_photo_is_fetched_until_it_is_taken_away,
        due: a_photo_is_fetched_until_it_is_taken_away,
        take: a_photo_is_fetched_until_it_is_taken_away,
    }
    report_updates {
        note: an_update_is_noted_once,
        last: an_update_is_noted_once,
    }
    webhook_deliveries {
        put: a_delivery_waits_until_it_is_due,
        due: a_delivery_waits_until_it_is_due,
        by_id: a_delivery_waits_until_it_is_due,
        list: deliveries_are_listed_newest_first_and_forgotten,
        forget: deliveries_are_listed_newest_first_and_forgotten,
    }
    report_events {
        append: an_event_is_written_once,
        of_report: events_are_told_in_order_with_what_was_said,
    }
    board {
        page: each_tab_has_its_reports_in_the_order_in_which_they_are_due,
        seen: a_report_is_seen_by_whom_it_concerns,
        counts: what_is_open_is_counted_by_tab,
    }
    report_evidence {
        insert: a_photo_of_the_work_waits_until_a_move_shows_it,
        by_media: a_photo_of_the_work_waits_until_a_move_shows_it,
        unused: a_photo_of_the_work_waits_until_a_move_shows_it,
        mark_used: a_photo_of_the_work_waits_until_a_move_shows_it,
        remove: a_photo_that_no_move_shows_is_forgotten,
        forget_unused: a_photo_that_no_move_shows_is_forgotten,
    }
    report_followers {
        add: somebody_follows_a_report_once,
        of_report: somebody_follows_a_report_once,
        remove_through: who_followed_through_another_follows_no_more,
        count: who_followed_through_another_follows_no_more,
        merge: what_one_follows_the_other_follows,
        remove: who_leaves_a_report_follows_it_no_more,
    }
    report_incidents {
        decide: the_newest_word_about_an_incident_counts,
        dismissed: the_newest_word_about_an_incident_counts,
    }
    report_notices {
        put: several_news_are_one_message,
        due: only_what_is_due_is_told_the_longest_due_first,
        take: news_are_taken_once,
    }
    photo_copies {
        waiting: copies_are_drawn_once_of_each_photo,
        tried: copies_are_drawn_once_of_each_photo,
        shown: a_photo_is_shown_when_it_was_looked_at_and_drawn,
        is_shown: a_photo_is_shown_when_it_was_looked_at_and_drawn,
    }
    public_reports {
        page: public_reports_come_newest_first_as_they_are_filtered,
        window: a_window_holds_what_lies_in_it,
    }
    report_figures {
        counts: reports_are_counted_by_what_they_are_and_where,
        ages: ages_end_when_a_report_is_closed,
        work: what_became_of_reports_is_summed,
        evidence: evidence_is_counted_once_a_report,
    }
    report_photos {
        add: a_photo_is_there_once_and_waits,
        of_report: a_photo_is_there_once_and_waits,
        moderate: others_see_a_photo_when_somebody_said_so,
    }
    report_timers {
        set: a_timer_that_is_set_again_is_set_anew,
        stop: a_stopped_report_does_nothing_by_itself,
        take: a_timer_is_taken_once_and_not_when_it_was_set_anew,
        due: what_is_due_comes_in_order,
    }
    reports {
        by_id: a_report_is_found_by_its_id,
        save: every_field_of_a_report_is_written,
        near: only_what_is_near_and_alive_is_found,
        of_person: the_newest_reports_of_a_person_come_first,
        followed_by: what_a_person_follows_is_found,
        file: the_same_effect_files_once,
        by_folio: a_report_is_found_by_its_folio,
        is_free: a_taken_folio_is_not_free,
        added_to: what_was_added_to_a_report_is_found,
    }
    sessions {
        insert: a_session_is_kept_under_its_hash,
        by_token: a_token_that_nobody_has_finds_nothing,
        by_id: a_session_is_found_by_its_id,
        of_staff: only_live_sessions_are_listed,
        seen: the_last_use_of_a_session_is_noted,
        end: nobody_ends_the_session_of_another,
        end_all: all_sessions_but_one_end,
        forget: expired_sessions_are_forgotten,
    }
    spoken {
        turn_of: a_calls_message_waits_until_its_turn_is_done,
        of_turn: what_a_turn_said_is_the_same_however_often_it_is_asked,
        fetched: what_a_call_fetched_is_accepted_once,
        unheard: what_no_call_came_for_has_failed,
        turns_of_call: the_turns_of_one_call_are_counted,
        is_over: a_call_is_over_when_the_provider_says_so,
    }
    staff {
        insert: two_people_do_not_share_an_email,
        by_id: somebody_is_found_by_their_id,
        by_email: somebody_is_found_by_their_email,
        list: everybody_is_listed_by_name,
        update: what_an_admin_changes_is_written,
        set_password: a_password_is_replaced,
        set_totp: a_new_secret_waits_to_be_confirmed,
        confirm_totp: a_confirmed_secret_is_asked_for,
        use_totp_step: a_code_works_once,
        seen: who_did_something_was_seen,
    }
    statuses {
        apply: statuses_never_go_back_and_strangers_are_held,
        apply_many: news_of_many_replies_is_one_statement,
        any_held: one_held_status_is_enough_to_look,
        take_held: held_statuses_are_taken_once,
        forget_held: old_held_statuses_are_forgotten,
    }
    templates {
        note: a_template_that_was_paused_is_not_usable,
        usable: a_template_nobody_complained_about_is_usable,
    }
    transcript {
        last: what_was_said_is_told_in_order,
    }
    transcripts {
        take_up: a_note_is_taken_up_until_it_is_settled,
        keep_file: where_the_recording_is_kept_is_noted,
        settle: the_first_outcome_of_a_note_stays,
        tell: a_person_is_told_once_that_a_note_is_heard,
        redact: a_note_that_was_taken_back_says_nothing_any_more,
        by_message: a_message_that_is_no_note_has_no_transcript,
        of_waiting: the_notes_of_a_persons_waiting_messages_are_found,
    }
    unit {
        commit: units_at_once_are_all_durable,
    }
}

#[test]
fn every_public_function_of_the_store_is_in_the_contract() {
    let tested: BTreeSet<String> = TESTED.iter().map(|name| name.replace("database::", "mod::")).collect();
    assert_eq!(tested, public_functions());
}

fn public_functions() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut functions = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        let aggregate = entry.path().file_stem().unwrap().to_string_lossy().into_owned();
        let code = fs::read_to_string(entry.path()).unwrap();
        let names = code.lines().filter_map(|line| line.trim_start().strip_prefix("pub async fn "));
        let names = names.filter_map(|rest| rest.split(['(', '<']).next());
        functions.extend(names.map(|name| format!("{aggregate}::{name}")));
    }
    functions
}
