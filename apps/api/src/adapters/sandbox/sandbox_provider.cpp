#include "adapters/sandbox/sandbox_provider.hpp"

#include "contract/described.hpp"
#include "core/failures.hpp"

#include <algorithm>
#include <stdexcept>

namespace safargo::sandbox {
namespace {

using Outcome = PaymentProvider::Outcome;

// Operations on one charge take turns.
constexpr db::Statement lock_reference{"sandbox_lock", R"(
    select 1 from pg_advisory_xact_lock(hashtextextended('sandbox ' || $1::text, 0)))"};

constexpr db::Statement find_operation{"sandbox_find_operation", R"(
    select operation, reference, amount, outcome from sandbox_operations where operation_key = $1)"};

constexpr db::Statement insert_operation{"sandbox_insert_operation", R"(
    insert into sandbox_operations (operation_key, operation, reference, amount, outcome)
    values ($1, $2, $3, $4, $5))"};

constexpr db::Statement use_fault{"sandbox_use_fault", R"(
    update sandbox_faults set remaining = remaining - 1
    where id = (select id from sandbox_faults
                where operation = $1 and remaining > 0 and (not $2 or outcome <> 'declined')
                order by id limit 1 for update)
    returning outcome)"};

constexpr db::Statement select_charge{"sandbox_find_charge", R"(
    select status, amount, captured, refunded from sandbox_charges where reference = $1)"};

constexpr db::Statement store_charge{"sandbox_store_charge", R"(
    insert into sandbox_charges (reference, status, amount, captured, refunded) values ($1, $2, $3, $4, $5)
    on conflict (reference) do update set status = excluded.status, amount = excluded.amount,
        captured = excluded.captured, refunded = excluded.refunded)"};

constexpr db::Statement insert_fault{"sandbox_insert_fault", R"(
    insert into sandbox_faults (operation, outcome, remaining) values ($1, $2, $3))"};

constexpr db::Statement list_faults{"sandbox_list_faults", R"(
    select operation, outcome, remaining from sandbox_faults where remaining > 0 order by id)"};

constexpr db::Statement delete_faults{"sandbox_delete_faults", R"(
    delete from sandbox_faults)"};

// The earlier answer for this key; reusing a key for another operation is a bug of the caller.
Task<std::optional<Outcome>> recall(db::Transaction& tx, Order order) {
    const db::Rows found = co_await tx.query(find_operation, order.key);
    if (found.empty()) co_return std::nullopt;
    const db::Row row = found[0];
    if (row.get<Operation>(0) != order.operation || row.get<std::string_view>(1) != order.reference ||
        row.get<Dinars>(2) != order.amount) {
        throw std::logic_error("sandbox: an operation key was reused for another operation");
    }
    co_return row.get<std::string_view>(3) == "done" ? Outcome::done : Outcome::declined;
}

Task<std::optional<FaultOutcome>> draw_fault(db::Transaction& tx, Operation operation, bool known) {
    const db::Rows drawn = co_await tx.query(use_fault, contract::enum_name(operation), known);
    if (drawn.empty()) co_return std::nullopt;
    co_return drawn[0].get<FaultOutcome>(0);
}

Task<std::optional<Charge>> read_charge(db::Session& session, std::string reference) {
    const db::Rows found = co_await session.query(select_charge, reference);
    if (found.empty()) co_return std::nullopt;
    const db::Row row = found[0];
    co_return Charge{row.get<ChargeStatus>(0), row.get<Dinars>(1), row.get<Dinars>(2), row.get<Dinars>(3)};
}

Task<Outcome> perform(db::Transaction& tx, Order order, bool refused) {
    std::optional<Charge> known = co_await read_charge(tx, order.reference);
    Charge charge = known.value_or(Charge{ChargeStatus::declined, order.amount, {}, {}});
    const Outcome outcome = refused ? Outcome::declined : apply(charge, order);
    // A refused hold is recorded as a charge; other operations on an unknown reference leave no record.
    if (known || order.operation == Operation::hold) {
        co_await tx.query(store_charge, order.reference, contract::enum_name(charge.status), charge.amount,
                          charge.captured, charge.refunded);
    }
    co_await tx.query(insert_operation, order.key, contract::enum_name(order.operation), order.reference, order.amount,
                      outcome == Outcome::done ? "done" : "declined");
    co_return outcome;
}

}  // namespace

Task<Outcome> SandboxProvider::operate(Order order) {
    db::Transaction tx = co_await database_.begin();
    co_await tx.query(lock_reference, order.reference);
    const std::optional<Outcome> known = co_await recall(tx, order);
    const std::optional<FaultOutcome> fault = co_await draw_fault(tx, order.operation, known.has_value());
    std::optional<Outcome> outcome = known;
    if (!known && fault != FaultOutcome::unavailable_before) {
        outcome = co_await perform(tx, order, fault == FaultOutcome::declined);
    }
    co_await tx.commit();
    if (fault == FaultOutcome::unavailable_before || fault == FaultOutcome::lost_answer) {
        throw DependencyUnavailable("sandbox", "no answer, as scripted");
    }
    co_return outcome.value();
}

Task<Outcome> SandboxProvider::hold(std::string key, std::string reference, Dinars amount) {
    return operate({Operation::hold, std::move(key), std::move(reference), amount});
}

Task<Outcome> SandboxProvider::capture(std::string key, std::string reference, Dinars amount) {
    return operate({Operation::capture, std::move(key), std::move(reference), amount});
}

Task<Outcome> SandboxProvider::release(std::string key, std::string reference) {
    return operate({Operation::release, std::move(key), std::move(reference), {}});
}

Task<Outcome> SandboxProvider::refund(std::string key, std::string reference, Dinars amount) {
    return operate({Operation::refund, std::move(key), std::move(reference), amount});
}

Task<std::optional<Outcome>> SandboxProvider::find_hold(std::string reference) {
    const std::optional<Charge> charge = co_await read_charge(database_, std::move(reference));
    if (!charge) co_return std::nullopt;
    co_return charge->status == ChargeStatus::held ? Outcome::done : Outcome::declined;
}

Task<std::optional<Charge>> SandboxProvider::find_charge(std::string reference) {
    return read_charge(database_, std::move(reference));
}

Task<void> SandboxProvider::add_fault(Fault fault) {
    co_await database_.query(insert_fault, contract::enum_name(fault.operation), contract::enum_name(fault.outcome),
                             static_cast<std::int32_t>(fault.remaining.value()));
}

Task<std::vector<Fault>> SandboxProvider::faults() {
    const db::Rows rows = co_await database_.query(list_faults);
    std::vector<Fault> faults;
    for (const db::Row row : rows) {
        faults.push_back({row.get<Operation>(0), row.get<FaultOutcome>(1),
                          Bounded<1, 1000>::from(row.get<std::int32_t>(2)).value()});
    }
    co_return faults;
}

Task<void> SandboxProvider::clear_faults() {
    co_await database_.query(delete_faults);
}

}  // namespace safargo::sandbox
