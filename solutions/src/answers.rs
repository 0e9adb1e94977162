//! Every answer that is kept here, right and wrong: one list, from which tests and tables are made.

use probes::Judged;

use Kind::{Other, Solution, Wrong};

/// Hands the list of answers to the macro `$make`: a chapter, its functions, and for each function the right
/// answers written differently and the wrong ones.
#[macro_export]
macro_rules! answers {
    ($make:ident) => {
        $make! {
            ch00_machine {
                multicore
                    other [atomic_total locked_total sent_sums caller_helps]
                    wrong [
                        no_threads joined_in_the_chain work_before_the_spawn asked_too_early load_then_store
                        lock_around_the_work two_threads_a_piece
                    ]
            }
            ch01_chess {
                interleaved
                    other [queue_of_boards to_and_fro until_it_waits]
                    wrong [
                        one_after_another thread_per_board asks_until_answered waiting_means_over
                        scores_as_they_come
                    ]
                multicore
                    other [pile_of_boards any_master_any_board caller_plays]
                    wrong [
                        one_master joined_in_a_loop master_per_board shares_rounded_down one_key_to_the_hall
                        first_done_first_written
                    ]
            }
            ch02_weather {
                interleaved
                    other [set_that_is_filled_up tasks_that_take_the_next last_station_first]
                    wrong [
                        await_in_a_loop futures_made_first spawned_and_awaited lock_over_await all_at_once
                        in_batches one_place_a_core readings_as_they_come thread_per_request blocking_call
                    ]
                multicore
                    other [workers_that_take_the_next dealt_like_cards]
                    wrong [
                        joined_in_a_loop thread_per_station one_worker_a_core lock_while_asking
                        first_back_first_written
                    ]
            }
            ch03_search {
                interleaved
                    other [task_that_is_aborted chunk_by_chunk reader_and_searcher]
                    wrong [
                        async_block spawned_search task_per_chunk thread_joined blocking_wait timeout_around
                        search_comes_first forgotten_task search_that_nobody_stops pause_per_hit asks_for_keys
                        searches_all_the_while closed_is_done
                    ]
                multicore
                    other [chunks_behind_a_lock one_channel_for_both shares_of_the_dictionary]
                    wrong [
                        screen_thread_scans joined_before_the_next_key jobs_that_nobody_stops one_searcher
                        lock_around_the_scan thread_per_chunk hits_without_a_number hits_as_they_come worker_draws
                        asks_both_in_turn searches_named_by_text workers_for_every_key selects_what_is_closed
                    ]
            }
            ch04_twins {
                interleaved
                    other [set_that_is_filled_up tasks_that_take_the_next result_by_hand]
                    wrong [
                        await_in_a_loop all_open place_for_opening in_batches one_file_a_core lock_over_the_hash
                        first_error_ends_all only_what_could_be_read place_lost_with_the_file
                    ]
                multicore
                    other [a_share_each dealt_like_cards caller_helps]
                    wrong [
                        thread_per_file joined_in_a_loop lock_around_the_hash whole_tree_in_memory
                        worker_ends_at_an_error taken_inside_the_scope
                    ]
            }
            ch05_executor {
                interleaved
                    other [flags_that_are_looked_through numbers_in_a_channel]
                    wrong [
                        asks_all_in_turn sleeps_without_a_bell one_after_another lock_held_by_the_loop
                        queued_for_every_wake room_made_after_the_poll stays_while_woken last_woken_first
                        empty_means_finished looks_instead_of_sleeping thread_per_task outputs_as_they_come
                    ]
                multicore
                    other [a_lock_on_every_task four_states caller_works_too]
                    wrong [
                        one_worker joined_in_a_loop thread_for_every_task lock_held_by_every_worker
                        shares_of_the_tasks passes_by_what_is_polled queued_twice nobody_home_when_empty
                        workers_that_never_sleep sleepers_not_told first_finished_first_written
                    ]
            }
            ch06_carts {
                solo
                    other [in_a_task counted_rounds]
                    wrong [a_second_crab]
                doubled
                    other [two_tasks whoever_is_free]
                    wrong [one_pile one_crab_after_another one_crab_two_carts]
                interleaved
                    other [joined_not_spawned narrow_channels places_and_bells]
                    wrong [
                        sender_kept one_cart loader_brings_back a_cart_for_every_load awaited_in_turn yard_locked
                        closing_bell empty_means_over loader_goes_home reported_at_the_fire asks_for_carts
                    ]
                multicore
                    other [std_channels from_claw_to_claw one_board]
                    wrong [
                        one_hand a_thread_after_another one_key_to_the_yard senders_in_every_thread
                        asks_without_sleep nobody_joined nowhere_to_stand
                    ]
            }
        }
    };
}

/// One answer, and the check that judges it.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// The chapter as a module: `ch01_chess`.
    pub chapter: &'static str,
    /// The function that it answers: `interleaved`, `multicore`, …
    pub function: &'static str,
    /// The name of the answer; a solution has the name of its function.
    pub name: &'static str,
    pub kind: Kind,
    pub check: fn() -> Judged,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What the learner may look at in the end.
    Solution,
    /// Right, and written differently.
    Other,
    Wrong,
}

impl Answer {
    /// A name that no other answer has: `ch01_chess::multicore::wrong::one_master`.
    pub fn path(&self) -> String {
        format!("{}::{}::{:?}::{}", self.chapter, self.function, self.kind, self.name).to_lowercase()
    }

    /// Where its message is kept, below `solutions/tests/messages`.
    pub fn message_file(&self) -> String {
        format!("{}/{}/{}.txt", self.chapter.replace('_', "-"), self.function, self.name)
    }
}

macro_rules! table {
    ($($chapter:ident { $($function:ident other [$($other:ident)*] wrong [$($wrong:ident)*])* })*) => {
        &[$($(
            answer!($chapter $function Solution $function, crate::$chapter::$function),
            $(answer!($chapter $function Other $other, crate::other::$chapter::$other),)*
            $(answer!($chapter $function Wrong $wrong, crate::wrong::$chapter::$wrong),)*
        )*)*]
    };
}

macro_rules! answer {
    ($chapter:ident $function:ident $kind:ident $name:ident, $answer:path) => {
        Answer {
            chapter: stringify!($chapter),
            function: stringify!($function),
            name: stringify!($name),
            kind: $kind,
            check: || tasks::$chapter::check::$function($answer),
        }
    };
}

/// All answers, chapter by chapter.
pub const ANSWERS: &[Answer] = answers!(table);
