#include "seed/demo_rows.hpp"

#include <array>

namespace safargo::seed {
namespace {

// Restores the account's role and status, but keeps a role that the passenger has gained.
constexpr db::Statement put_account{"seed_account", R"(
    insert into users (id, phone, name, role, locale, gender, gender_confirmed_at, kyc_approved_at,
                       documents_valid_until, created_at)
    values ($1, $2, $3, $4, 'fr', $5, $6, $6, '2099-12-31', $6)
    on conflict (phone) do update set
        role = case when excluded.role = 'user' then users.role else excluded.role end, status = 'active'
    returning id)"};

constexpr db::Statement put_licence{"seed_licence", R"(
    insert into drivers (user_id, licence_number, licence_expires_on, created_at)
    values ($1, $2, '2034-12-31', $3) on conflict do nothing)"};

constexpr db::Statement put_vehicle{"seed_vehicle", R"(
    insert into vehicles (id, driver_id, make, model, year, colour, seats, plate, fuel, created_at)
    select $1, user_id, 'Renault', 'Symbol', 2021::smallint, 'white', 4::smallint, $3, 'petrol', $4
    from drivers d where user_id = $2
        and not exists (select from vehicles v where v.driver_id = d.user_id and v.deleted_at is null)
    on conflict do nothing)"};

struct Person {
    const char *title, *role, *name, *phone, *gender;
};

constexpr std::array people{
    Person{"passenger", "user", "Yasmine Haddad", "+213550000001", "female"},
    Person{"driver", "driver", "Karim Benali", "+213550000002", "male"},
    Person{"admin", "admin", "Samira Boudiaf", "+213550000003", "female"},
};

Task<void> make_driver(db::Transaction& tx, UserId id, Instant now) {
    co_await tx.query(put_licence, id, "DEMO0DRIVER", now);
    co_await tx.query(put_vehicle, VehicleId::make(now), id, "012345-121-16", now);
}

}  // namespace

std::vector<DemoAccount> demo_accounts() {
    std::vector<DemoAccount> accounts;
    accounts.reserve(std::size(people));
    for (const Person& person : people) accounts.push_back({person.title, person.name, person.phone});
    return accounts;
}

Task<std::vector<DemoAccount>> put_accounts(db::Transaction& tx, Instant now) {
    for (const Person& person : people) {
        const db::Rows rows = co_await tx.query(put_account, UserId::make(now), person.phone, person.name, person.role,
                                                person.gender, now);
        if (std::string_view(person.role) == "driver") co_await make_driver(tx, rows[0].get<UserId>(0), now);
    }
    co_return demo_accounts();
}

}  // namespace safargo::seed
