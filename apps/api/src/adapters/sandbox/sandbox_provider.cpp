#include "adapters/sandbox/sandbox_provider.hpp"

#include "contract/described.hpp"
#include "core/failures.hpp"

#include <algorithm>
#include <stdexcept>

namespace safargo::sandbox {
namespace {

// Operations on one charge take turns.
constexpr db::Statement lock_reference{"sandbox_lock", R"(
    select 1 from pg_advisory_xact_lock(hashtextextended('sandbox ' || $1::text, 0)))"};

constexpr db::Statement find_operation{"sandbox_find_operation", R"(
    select operation, reference, amount, outcome = 'done' from sandbox_operations where operation_key = $1)"};

constexpr db::Statement insert_operation{"sandbox_insert_operation", R"(
    insert into sandbox_operations (operation_key, operation, reference, amount, outcome)
    values ($1, $2, $3, $4, $5))"};

constexpr db::Statement find_refund{"sandbox_find_refund", R"(
    select 1 from sandbox_operations
    where operation_key = $1 and reference = $2 and operation = 'refund' and outcome = 'done')"};

constexpr db::Statement use_fault{"sandbox_use_fault", R"(
    update sandbox_faults set remaining = remaining - 1
    where id = (select id from sandbox_faults
                where operation = $1 and remaining > 0 and (not $2 or outcome not in ('declined', 'needs_action'))
                order by id limit 1 for update)
    returning outcome)"};

constexpr db::Statement select_charge{"sandbox_find_charge", R"(
    select status, amount, captured, refunded, pay_until, take_at_once, attempt
    from sandbox_charges where reference = $1)"};

constexpr db::Statement store_charge{"sandbox_store_charge", R"(
    insert into sandbox_charges (reference, status, amount, captured, refunded, pay_until, take_at_once, attempt)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    on conflict (reference) do update set status = excluded.status, amount = excluded.amount,
        captured = excluded.captured, refunded = excluded.refunded, pay_until = excluded.pay_until,
        take_at_once = excluded.take_at_once, attempt = excluded.attempt)"};

constexpr db::Statement insert_fault{"sandbox_insert_fault", R"(
    insert into sandbox_faults (operation, outcome, remaining) values ($1, $2, $3))"};

constexpr db::Statement list_faults{"sandbox_list_faults", R"(
    select operation, outcome, remaining from sandbox_faults where remaining > 0 order by id)"};

constexpr db::Statement delete_faults{"sandbox_delete_faults", R"(
    delete from sandbox_faults)"};

// Whether it was done, for this key; reusing a key for another operation is a bug of the caller.
Task<std::optional<bool>> recall(db::Session& session, Order order) {
    const db::Rows found = co_await session.query(find_operation, order.key);
    if (found.empty()) co_return std::nullopt;
    const db::Row row = found[0];
    if (row.get<Operation>(0) != order.operation || row.get<std::string_view>(1) != order.reference ||
        row.get<Dinars>(2) != order.amount) {
        throw std::logic_error("sandbox: an operation key was reused for another operation");
    }
    co_return row.get<bool>(3);
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
    co_return Charge{.status = row.get<ChargeStatus>(0),
                     .amount = row.get<Dinars>(1),
                     .captured = row.get<Dinars>(2),
                     .refunded = row.get<Dinars>(3),
                     .pay_until = row.get<std::optional<Instant>>(4),
                     .take_at_once = row.get<bool>(5),
                     .attempt = row.get<std::int32_t>(6)};
}

Task<void> write_charge(db::Transaction& tx, std::string reference, Charge charge) {
    co_await tx.query(store_charge, reference, contract::enum_name(charge.status), charge.amount, charge.captured,
                      charge.refunded, charge.pay_until, charge.take_at_once,
                      static_cast<std::int32_t>(charge.attempt));
}

// What becomes of the charge; false if the operation was refused.
bool settle(Charge& charge, const Order& order, std::optional<FaultOutcome> fault) {
    Charge after = charge;
    if (!apply(after, order)) return false;
    const bool asks = order.operation == Operation::open || order.operation == Operation::hold;
    if (fault == FaultOutcome::declined) {
        if (asks) charge.status = ChargeStatus::declined;
        return false;
    }
    if (fault == FaultOutcome::needs_action && order.operation == Operation::hold) {
        charge.status = ChargeStatus::waiting;
    } else {
        charge = after;
    }
    return true;
}

Task<bool> perform(db::Transaction& tx, Order order, std::optional<FaultOutcome> fault) {
    const std::optional<Charge> known = co_await read_charge(tx, order.reference);
    Charge charge = known.value_or(Charge{ChargeStatus::declined, order.amount, {}, {}});
    const bool done = settle(charge, order, fault);
    // A refused opening is recorded as a charge; other operations on an unknown reference leave no record.
    if (known || order.operation == Operation::open) co_await write_charge(tx, order.reference, charge);
    co_await tx.query(insert_operation, order.key, contract::enum_name(order.operation), order.reference, order.amount,
                      done ? "done" : "declined");
    co_return done;
}

}  // namespace

Task<SandboxProvider::Answer> SandboxProvider::operate(Order order) {
    db::Transaction tx = co_await database_.begin();
    co_await tx.query(lock_reference, order.reference);
    std::optional<bool> done = co_await recall(tx, order);
    const std::optional<FaultOutcome> fault = co_await draw_fault(tx, order.operation, done.has_value());
    if (!done && fault != FaultOutcome::unavailable_before) done = co_await perform(tx, order, fault);
    const std::optional<Charge> charge = co_await read_charge(tx, order.reference);
    co_await tx.commit();
    if (fault == FaultOutcome::unavailable_before || fault == FaultOutcome::lost_answer) {
        throw DependencyUnavailable("sandbox", "no answer, as scripted");
    }
    co_return Answer{done.value(), charge};
}

Attempt SandboxProvider::show(const std::string& reference, const std::optional<Charge>& charge) const {
    Attempt shown{.reference = reference};
    if (!charge) return shown;
    shown.state = state_of(*charge, clock_.now());
    shown.captured = charge->captured;
    if (shown.state == AttemptState::needs_action) {
        const std::string url = address_ + "/dev/sandbox/checkouts/" + reference;
        shown.action = CustomerAction{.url = url, .qr = url, .until = charge->pay_until};
    }
    return shown;
}

Task<Attempt> SandboxProvider::operate_on_attempt(Order order) {
    const std::string reference = order.reference;
    const Answer answer = co_await operate(std::move(order));
    co_return show(reference, answer.charge);
}

// The sandbox calls a charge what we call the payment: its attempts follow each other in one charge.
Task<Attempt> SandboxProvider::open(std::string key, AttemptOrder order) {
    return operate_on_attempt({Operation::open, std::move(key), std::move(order.name.payment), order.amount,
                               order.pay_until, order.take_at_once, order.name.number});
}

Task<Attempt> SandboxProvider::hold(std::string key, AttemptName name) {
    return operate_on_attempt({Operation::hold, std::move(key), std::move(name.payment), {}});
}

Task<std::optional<Attempt>> SandboxProvider::find(AttemptName name) {
    const std::optional<Charge> charge = co_await read_charge(database_, name.payment);
    if (!charge || charge->attempt < name.number) co_return std::nullopt;
    co_return show(name.payment, charge);
}

Task<Attempt> SandboxProvider::capture(std::string key, AttemptName name, Dinars amount) {
    return operate_on_attempt({Operation::capture, std::move(key), std::move(name.payment), amount});
}

Task<Attempt> SandboxProvider::release(std::string key, AttemptName name) {
    return operate_on_attempt({Operation::release, std::move(key), std::move(name.payment), {}});
}

Task<bool> SandboxProvider::refund(std::string key, AttemptName name, Dinars amount) {
    const Answer answer = co_await operate({Operation::refund, std::move(key), std::move(name.payment), amount});
    co_return answer.done;
}

Task<bool> SandboxProvider::has_refunded(std::string key, AttemptName name) {
    const db::Rows found = co_await database_.query(find_refund, key, name.payment);
    co_return !found.empty();
}

Task<bool> SandboxProvider::act(std::string reference, CustomerAct act) {
    db::Transaction tx = co_await database_.begin();
    co_await tx.query(lock_reference, reference);
    std::optional<Charge> charge = co_await read_charge(tx, reference);
    if (!charge) co_return false;
    const Instant now = clock_.now();
    const bool done = act == CustomerAct::pay ? pay(*charge, now) : refuse_to_pay(*charge, now);
    if (done) co_await write_charge(tx, reference, *charge);
    co_await tx.commit();
    co_return done;
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
