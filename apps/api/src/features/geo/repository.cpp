#include "features/geo/repository.hpp"

#include "contract/described.hpp"

namespace safargo::geo_routes {
namespace {

constexpr db::Statement find_rate{"geo_fare_rate", R"(
    select recommended_centimes, cap_centimes from fare_policies
    where fuel = $1 and effective_from <= $2 order by effective_from desc limit 1)"};

constexpr db::Statement find_communes{"geo_communes", R"(
    select code, lat, lng from communes where code = any ($1))"};

constexpr std::int64_t millidinars_per_centime = 10;

}  // namespace

Task<geo::FareRate> fare_rate(db::Session& session, vehicles::Fuel fuel, LocalDate today) {
    const db::Rows rows = co_await session.query(find_rate, contract::enum_name(fuel), today);
    if (rows.empty()) co_return geo::FareRate{};
    co_return geo::FareRate{rows[0].get<std::int64_t>(0) * millidinars_per_centime,
                            rows[0].get<std::int64_t>(1) * millidinars_per_centime};
}

Task<std::map<std::string, LatLng>> commune_centres(db::Session& session, std::vector<std::string> codes) {
    const db::Rows rows = co_await session.query(find_communes, std::move(codes));
    std::map<std::string, LatLng> centres;
    for (const db::Row row : rows) {
        centres.emplace(row.get<std::string>(0), LatLng{row.get<double>(1), row.get<double>(2)});
    }
    co_return centres;
}

}  // namespace safargo::geo_routes
