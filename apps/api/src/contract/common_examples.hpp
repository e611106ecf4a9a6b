// Example values by member name, used wherever the name occurs: a ride from Alger to Oran. The first that fits the type
// is used. Types that need more have examples of their own: SpelledSchema, example_of.
#pragma once

#include <array>
#include <string_view>

namespace safargo::contract {

struct CommonExample {
    std::string_view name, json;
};

inline constexpr std::array common_examples{
    // where
    CommonExample{"lat", "36.7762"},
    CommonExample{"lng", "3.0586"},
    CommonExample{"label", R"("Alger, gare Agha")"},
    CommonExample{"from_label", R"("Alger, gare Agha")"},
    CommonExample{"to_label", R"("Oran, gare")"},
    CommonExample{"commune_id", R"("1601")"},
    CommonExample{"from", R"("36.7762,3.0586")"},
    CommonExample{"from", "0"},
    CommonExample{"to", R"("35.6971,-0.6308")"},
    CommonExample{"to", "1"},
    CommonExample{"near", R"("36.7762,3.0586")"},
    CommonExample{"bbox", R"("36.5,2.8,37,3.4")"},
    CommonExample{"from_stop", "0"},
    CommonExample{"to_stop", "1"},
    CommonExample{"stop", "0"},
    CommonExample{"position", "0"},
    CommonExample{"distance_m", "431000"},
    CommonExample{"duration_s", "16200"},
    CommonExample{"detour_m", "0"},
    CommonExample{"detour_s", "0"},
    CommonExample{"polyline", R"("gzm_FgktQ~ybBvg{@zqRzmsGnizAbz~J")"},
    // when: the contract page moves the departure day into the near future
    CommonExample{"departure_at", R"("2026-12-10T07:00:00Z")"},
    CommonExample{"pickup_at", R"("2026-12-10T07:00:00Z")"},
    CommonExample{"at", R"("2026-12-10T07:00:00Z")"},
    CommonExample{"arrival_at", R"("2026-12-10T11:30:00Z")"},
    CommonExample{"dropoff_at", R"("2026-12-10T11:30:00Z")"},
    CommonExample{"due_at", R"("2026-12-12T11:30:00Z")"},
    CommonExample{"member_since", R"("2026-03-02T09:15:00Z")"},
    CommonExample{"driver_since", R"("2026-03-02T09:15:00Z")"},
    CommonExample{"licence_expires_on", R"("2034-12-31")"},
    CommonExample{"expires_in", "900"},
    CommonExample{"resend_in", "60"},
    CommonExample{"response_time_s", "1260"},
    // empty in the usual case
    CommonExample{"next_cursor", "null"},
    CommonExample{"expires_at", "null"},
    CommonExample{"contest_until", "null"},
    CommonExample{"dispute", "null"},
    CommonExample{"answer", "null"},
    CommonExample{"answered_at", "null"},
    CommonExample{"boarded_at", "null"},
    CommonExample{"completed_at", "null"},
    CommonExample{"resolved_at", "null"},
    CommonExample{"resolved_by", "null"},
    CommonExample{"checkout_url", "null"},
    CommonExample{"place_id", "null"},
    CommonExample{"itinerary_id", "null"},
    CommonExample{"return_trip_id", "null"},
    CommonExample{"photo", "null"},
    // money, in dinars
    CommonExample{"currency", R"("DZD")"},
    CommonExample{"price", "1500"},
    CommonExample{"service_fee", "75"},
    CommonExample{"amount", "1575"},
    CommonExample{"captured", "0"},
    CommonExample{"refunded", "0"},
    CommonExample{"refund", "null"},
    CommonExample{"refund", "750"},
    CommonExample{"due_back", "0"},
    CommonExample{"driver_share", "0"},
    CommonExample{"recommended", "1510"},
    CommonExample{"cap", "1940"},
    CommonExample{"price_max", "2000"},
    // people
    CommonExample{"name", R"("Yasmine H.")"},
    CommonExample{"phone", R"("+213550000001")"},
    CommonExample{"email", R"("yasmine@example.dz")"},
    CommonExample{"bio", R"("Je fais Alger–Oran chaque semaine.")"},
    CommonExample{"languages", R"(["fr","ar"])"},
    CommonExample{"rating", "4.8"},
    CommonExample{"reviews", "27"},
    CommonExample{"trips", "14"},
    CommonExample{"trips_driven", "31"},
    CommonExample{"trips_travelled", "14"},
    CommonExample{"cancellation_rate", "0.02"},
    CommonExample{"device", R"("Firefox, Android")"},
    // rides and texts about them
    CommonExample{"make", R"("Renault")"},
    CommonExample{"model", R"("Symbol")"},
    CommonExample{"year", "2021"},
    CommonExample{"plate", R"("012345-121-16")"},
    CommonExample{"licence_number", R"("DZ4821AB")"},
    CommonExample{"seats", "2"},
    CommonExample{"seats_left", "2"},
    CommonExample{"note", R"("Départ à l'heure, devant la gare.")"},
    CommonExample{"message", R"("Bonjour, j'ai une petite valise.")"},
    CommonExample{"text", R"("Nous avons attendu vingt minutes.")"},
    CommonExample{"reason", R"("Le trajet s'est arrêté à Blida.")"},
    CommonExample{"why", R"(["nearby","verified"])"},
    CommonExample{"score", "0.92"},
    CommonExample{"total", "1"},
    CommonExample{"pin", R"("4821")"},
    CommonExample{"slug", R"("santa-cruz")"},
    CommonExample{"q", R"("Wahran")"},
    CommonExample{"photos", "[]"},
    // keys and tokens, shortened
    CommonExample{"access_token", R"("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMTkzOWY2ZSJ9.c2lnbmF0dXJl")"},
    CommonExample{"refresh_token", R"("vq1nD0mX2Zr7t5w8yB4kLh3sJc6fGa9e")"},
    CommonExample{"token", R"("sg1.AZOfbnwAcAC.3q2-7w")"},
    CommonExample{"key_id", R"("5f3c9a1e")"},
    CommonExample{"algorithm", R"("Ed25519")"},
    CommonExample{"public_key", R"("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")"},
};

}  // namespace safargo::contract
