// Creating, publishing and looking at trips.
#include "features/trips/trip_world_test.hpp"

namespace safargo::trips {
namespace {

using namespace std::chrono_literals;

class PublishTest : public TripWorld {};

TEST_F(PublishTest, OnlyItsDriverSeesADraft) {
    const TripView made = draft(tomorrow);
    EXPECT_EQ(made.status, TripStatus::draft);
    EXPECT_EQ(made.version, 1);
    EXPECT_EQ(made.version, 1);
    EXPECT_TRUE(show(driver, made.id));
    EXPECT_EQ(code_of(show(std::nullopt, made.id)), Code::not_found);
    EXPECT_EQ(code_of(show(add_user(), made.id)), Code::not_found);
    EXPECT_EQ(code_of(show(add_user(Role::admin), made.id)), Code::not_found);
    EXPECT_EQ(code_of(show(driver, TripId::make(clock.now()))), Code::not_found);
}

TEST_F(PublishTest, ATripIsShownAsItWasWritten) {
    const TripView trip = offer(tomorrow, R"(, "note": "Départ à l'heure", "preferences": {"luggage": "large"})");
    const TripView seen = show(std::nullopt, trip.id).value();
    EXPECT_EQ(seen.status, TripStatus::open);
    EXPECT_EQ(seen.driver.id, driver.id);
    EXPECT_EQ(seen.driver.name, "Ahmed B.");
    EXPECT_FALSE(seen.driver.rating);
    EXPECT_FALSE(seen.driver.verified);
    EXPECT_EQ(seen.vehicle.id, car);
    EXPECT_EQ(seen.vehicle.model, "Symbol");
    EXPECT_EQ(seen.departure_at, tomorrow);
    EXPECT_EQ(seen.arrival_at, tomorrow + Seconds{seen.duration_s});
    EXPECT_EQ(seen.price, Dinars{1500});
    EXPECT_EQ(seen.currency, "DZD");
    EXPECT_EQ(seen.seats, 3);
    EXPECT_EQ(seen.seats_left, 3);
    EXPECT_EQ(seen.note, "Départ à l'heure");
    EXPECT_EQ(seen.preferences.luggage, Luggage::large);
    ASSERT_EQ(seen.stops.size(), 3U);
    EXPECT_EQ(seen.stops[1].position, 1);
    EXPECT_EQ(seen.stops[1].label, "Chlef");
    EXPECT_EQ(seen.stops[1].lat, 36.1652);
    EXPECT_FALSE(seen.stops[1].commune_id);
    ASSERT_EQ(seen.legs.size(), 2U);
    EXPECT_EQ(seen.legs[1].from, 1);
    EXPECT_EQ(seen.legs[1].to, 2);
    EXPECT_EQ(seen.legs[1].price, Dinars{800});
    EXPECT_EQ(seen.legs[1].seats_left, 3);
}

TEST_F(PublishTest, ThePlateIsForTheDriverAndConfirmedPassengers) {
    const TripId id = offer(tomorrow).id;
    const Caller passenger = add_user();
    EXPECT_EQ(show(driver, id)->vehicle.plate, "012345-119-16");
    EXPECT_FALSE(show(std::nullopt, id)->vehicle.plate);
    EXPECT_FALSE(show(passenger, id)->vehicle.plate);
    const auto book = [&](std::string_view status) {
        database.execute(fmt::format(
            "delete from bookings; insert into bookings (id, trip_id, user_id, driver_id, from_stop, to_stop, seats, "
            "status, price, service_fee, payment_method, pickup_at, dropoff_at, created_at) values (gen_random_uuid(), "
            "'{}', '{}', '{}', 0, 1, 1, '{}', 700, 0, 'cash', '2026-12-02', '2026-12-03', now())",
            id.str(), passenger.id.str(), driver.id.str(), status));
    };
    book("requested");
    EXPECT_FALSE(show(passenger, id)->vehicle.plate);
    book("confirmed");
    EXPECT_EQ(show(passenger, id)->vehicle.plate, "012345-119-16");
    EXPECT_FALSE(show(add_user(), id)->vehicle.plate);
}

TEST_F(PublishTest, PublishingADraftOpensIt) {
    const TripView made = draft(tomorrow);
    const auto published = publish(driver, made.id);
    ASSERT_TRUE(published);
    EXPECT_EQ(published->status, TripStatus::open);
    EXPECT_EQ(published->version, 2);
    EXPECT_TRUE(show(std::nullopt, made.id));
    EXPECT_EQ(code_of(publish(driver, made.id)), Code::illegal_transition);
}

TEST_F(PublishTest, OnlyItsDriverPublishes) {
    const TripView made = draft(tomorrow);
    EXPECT_EQ(code_of(publish(add_driver(), made.id)), Code::not_found);
    EXPECT_EQ(code_of(publish(add_user(Role::admin), made.id)), Code::not_found);
    EXPECT_EQ(code_of(publish(driver, TripId::make(clock.now()))), Code::not_found);
}

TEST_F(PublishTest, OnlyDriversCreateTrips) {
    EXPECT_EQ(code_of(create(add_user(), trip_json(car, tomorrow))), Code::driver_required);
}

TEST_F(PublishTest, NamesUnknownReferences) {
    const auto refused = [&](const std::string& json) { return error_of(create(driver, json)).fields.at(0); };
    const std::string id = Uuid::v7(clock.now()).str();
    const auto with = [&](std::string_view field) {
        return trip_json(car, tomorrow, fmt::format(R"(, "{}": "{}")", field, id));
    };
    const Caller other = add_driver();
    const VehicleId others = add_vehicle(other, "99999-119-16");
    EXPECT_EQ(refused(trip_json(others, tomorrow)), (FieldError{"vehicle_id", {Rule::unknown_reference}}));
    EXPECT_EQ(refused(with("place_id")), (FieldError{"place_id", {Rule::unknown_reference}}));
    EXPECT_EQ(refused(with("itinerary_id")), (FieldError{"itinerary_id", {Rule::unknown_reference}}));
    EXPECT_EQ(refused(with("return_trip_id")), (FieldError{"return_trip_id", {Rule::unknown_reference}}));
    const TripId others_trip = create(other, trip_json(others, tomorrow))->id;
    EXPECT_EQ(refused(trip_json(car, tomorrow, fmt::format(R"(, "return_trip_id": "{}")", others_trip.str()))),
              (FieldError{"return_trip_id", {Rule::unknown_reference}}));
}

TEST_F(PublishTest, APlaceMayBeTheDestination) {
    const PlaceId place = PlaceId::make(clock.now());
    database.execute(fmt::format(
        "insert into wilayas values (16, 'Alger', 'الجزائر', 'Algiers', 'Alger', 36.7, 3, null, '2019-01-01');"
        "insert into places (id, slug, name_fr, name_ar, name_en, type, wilaya_code, lat, lng, description_fr, "
        "description_ar, description_en, folded_names) values ('{}', 's', 's', 's', 's', 'beach', 16, 36, 3, '', '', "
        "'', '')",
        place.str()));
    EXPECT_EQ(offer(tomorrow, fmt::format(R"(, "place_id": "{}")", place.str())).place_id, place);
}

TEST_F(PublishTest, AReturnTripKnowsItsOutboundTrip) {
    const TripId there = offer(tomorrow).id;
    const TripView back = offer(tomorrow + 48h, fmt::format(R"(, "return_trip_id": "{}")", there.str()));
    EXPECT_EQ(back.return_trip_id, there);
    EXPECT_EQ(look(there).return_trip_id, back.id);
}

TEST_F(PublishTest, ADraftMayBeWrongAndIsRefusedWhenPublished) {
    const auto refused = [&](const std::string& json) {
        const auto made = create(driver, json);
        return error_of(publish(driver, made.value().id));
    };
    EXPECT_EQ(refused(trip_json(car, clock.now() - 1h)).fields.at(0),
              (FieldError{"departure_at", {Rule::in_the_past}}));
    EXPECT_EQ(refused(trip_json(car, tomorrow, "", alger_chlef_oran, 5)).fields.at(0),
              (FieldError{"seats", {Rule::out_of_range, "1", "4"}}));
    std::string dear(alger_chlef_oran);
    dear.replace(dear.find("1500"), 4, "9000");
    const Error above = refused(trip_json(car, tomorrow, "", dear));
    EXPECT_EQ(above.code, Code::price_above_cap);
    EXPECT_EQ(above.fields.at(0).field, "stops[2].price");
}

TEST_F(PublishTest, ATripPublishedAtOnceIsCheckedAtOnce) {
    EXPECT_EQ(code_of(create(driver, trip_json(car, clock.now() - 1h, R"(, "publish": true)"))),
              Code::validation_failed);
    EXPECT_TRUE(testing::run(trips.queries.list_mine(driver, {}))->items.empty());
}

TEST_F(PublishTest, TheCapIsTheNewestPolicyInForceForTheFuel) {
    database.execute(
        "insert into fare_policies values ('petrol', '2026-11-30', 100, 200), ('petrol', '2026-12-02', 900, 900), "
        "('diesel', '2026-12-01', 900, 900)");
    EXPECT_EQ(code_of(publish(driver, draft(tomorrow).id)), Code::price_above_cap);
    clock.set(parse_instant("2026-12-01T23:00:00Z").value());  // midnight in Algiers
    EXPECT_TRUE(publish(driver, draft(tomorrow).id));
}

TEST_F(PublishTest, DocumentsAndLicenceAreRequired) {
    TripServices strict(db, clock, neighbours, {.kyc_required = true});
    const auto publish_strictly = [&](TripId id) {
        return run([&](db::Transaction& tx) { return strict.editing.publish(tx, driver, id); });
    };
    EXPECT_EQ(code_of(publish_strictly(draft(tomorrow).id)), Code::kyc_required);
    database.execute("update users set kyc_approved_at = now()");
    EXPECT_EQ(code_of(publish_strictly(draft(tomorrow).id)), Code::kyc_required) << "who they are is not enough";
    database.execute("update users set documents_valid_until = '2026-11-30'");
    EXPECT_EQ(error_of(publish_strictly(draft(tomorrow).id)),
              (Error{.code = Code::kyc_required, .reason = Violation{Rule::documents_expired, "2026-11-30"}}));
    database.execute("update users set documents_valid_until = '2026-12-01'");
    EXPECT_TRUE(publish_strictly(draft(tomorrow).id)) << "they end today";
    database.execute("update drivers set licence_expires_on = '2026-12-02'");
    EXPECT_EQ(error_of(publish(driver, draft(tomorrow + 24h).id)).fields.at(0),
              (FieldError{"licence_expires_on", {Rule::licence_expires, "2026-12-02", "2026-12-03"}}));
    clock.set(parse_instant("2026-12-02T15:30:00Z").value());
    EXPECT_TRUE(publish(driver, draft(clock.now() + 30min).id)) << "it ends today";
    EXPECT_TRUE(publish(driver, draft(parse_instant("2026-12-02T22:59:00Z").value()).id))
        << "until midnight in Algiers";
    EXPECT_EQ(error_of(publish(driver, draft(parse_instant("2026-12-02T23:00:00Z").value()).id)).fields.at(0).field,
              "licence_expires_on");
}

TEST_F(PublishTest, TripsOfADriverNeverOverlap) {
    const TripView first = offer(tomorrow);
    const TripView second = draft(first.arrival_at - 1s);
    EXPECT_EQ(code_of(publish(driver, second.id)), Code::overlapping_trip);
    EXPECT_EQ(look(second.id).status, TripStatus::draft);
    EXPECT_TRUE(publish(driver, draft(first.arrival_at).id)) << "one may leave when the other arrives";
    ASSERT_TRUE(cancel(driver, first.id));
    EXPECT_EQ(code_of(publish(driver, second.id)), Code::overlapping_trip) << "of the one that leaves at the arrival";
}

TEST_F(PublishTest, FourTripsPerDayInAlgiersTime) {
    const std::string short_way =
        R"([{"lat":36.75,"lng":3.05,"label":"a"},{"lat":36.70,"lng":3.2,"label":"b","price":0}])";
    const auto offer_at = [&](std::string_view time) {
        return create(driver, trip_json(car, parse_instant(time).value(), R"(, "publish": true)", short_way));
    };
    EXPECT_TRUE(offer_at("2026-12-02T22:59:00Z"));  // the day before
    const TripId first = offer_at("2026-12-02T23:30:00Z").value().id;
    EXPECT_TRUE(offer_at("2026-12-03T08:00:00Z"));
    EXPECT_TRUE(offer_at("2026-12-03T10:00:00Z"));
    EXPECT_TRUE(offer_at("2026-12-03T12:00:00Z"));
    EXPECT_EQ(code_of(offer_at("2026-12-03T14:00:00Z")), Code::daily_limit);
    EXPECT_TRUE(offer_at("2026-12-03T23:00:00Z"));  // the day after
    const TripView spare = create(driver, trip_json(car, parse_instant("2026-12-03T16:00:00Z").value())).value();
    EXPECT_EQ(code_of(publish(driver, spare.id)), Code::daily_limit)
        << "drafts do not count, and cannot bypass the limit";
    ASSERT_TRUE(cancel(driver, first));
    EXPECT_TRUE(publish(driver, spare.id));
}

TEST_F(PublishTest, OnePlateHasOneDriverADay) {
    const TripView mine = offer(tomorrow);
    database.execute("update vehicles set deleted_at = now()");
    const Caller other = add_driver();
    const VehicleId sold = add_vehicle(other, "012345-119-16");
    const auto theirs = create(other, trip_json(sold, mine.arrival_at + 1h));
    ASSERT_TRUE(theirs);
    EXPECT_EQ(code_of(publish(other, theirs->id)), Code::plate_in_use);
    EXPECT_TRUE(create(other, trip_json(sold, tomorrow + 24h, R"(, "publish": true)")));
}

TEST_F(PublishTest, ATripWithADeletedVehicleCannotBePublished) {
    const TripView made = draft(tomorrow);
    database.execute("update vehicles set deleted_at = now()");
    EXPECT_EQ(error_of(publish(driver, made.id)).fields.at(0), (FieldError{"vehicle_id", {Rule::unknown_reference}}));
}

TEST_F(PublishTest, OnlyConfirmedWomenOfferWomenOnlyTrips) {
    const std::string_view women_only = R"(, "preferences": {"women_only": true})";
    const FieldError refused{"preferences.women_only", {Rule::not_a_confirmed_woman}};
    const TripId drafted = create(driver, trip_json(car, tomorrow, women_only)).value().id;
    const std::string at_once = trip_json(car, tomorrow + 24h, std::string(women_only) + R"(, "publish": true)");
    const auto set_gender = [&](std::string_view sql) { database.execute(fmt::format("update users set {}", sql)); };
    for (const std::string_view gender : {"gender = null", "gender = 'female', gender_confirmed_at = null",
                                          "gender = 'male', gender_confirmed_at = now()"}) {
        set_gender(gender);
        const Error published = error_of(publish(driver, drafted));
        EXPECT_EQ(published.code, Code::validation_failed) << gender;
        EXPECT_EQ(published.fields, std::vector{refused}) << gender;
        EXPECT_EQ(error_of(create(driver, at_once)).fields, std::vector{refused}) << gender;
    }
    set_gender("gender = 'female', gender_confirmed_at = now()");
    EXPECT_TRUE(publish(driver, drafted));
    EXPECT_TRUE(create(driver, at_once));
}

TEST_F(PublishTest, WomenOnlyTripsAreNotFoundByOthers) {
    database.execute("update users set gender = 'female', gender_confirmed_at = now()");
    const TripId id = offer(tomorrow, R"(, "preferences": {"women_only": true})").id;
    const Caller woman = add_user(), man = add_user(), unconfirmed = add_user();
    database.execute(
        fmt::format("update users set gender = 'female', gender_confirmed_at = now() where id = '{}';"
                    "update users set gender = 'male', gender_confirmed_at = now() where id = '{}';"
                    "update users set gender = 'female' where id = '{}'",
                    woman.id.str(), man.id.str(), unconfirmed.id.str()));
    EXPECT_TRUE(show(driver, id));
    EXPECT_TRUE(show(woman, id));
    EXPECT_TRUE(show(add_user(Role::moderator), id));
    EXPECT_TRUE(show(add_user(Role::admin), id));
    EXPECT_EQ(code_of(show(std::nullopt, id)), Code::not_found);
    EXPECT_EQ(code_of(show(man, id)), Code::not_found);
    EXPECT_EQ(code_of(show(unconfirmed, id)), Code::not_found);
}

TEST_F(PublishTest, MyTripsComeInPagesLatestFirst) {
    for (int day = 1; day <= 5; ++day) offer(clock.now() + day * 24h);
    draft(clock.now() + 24h);  // two with the same departure
    const Caller other = add_driver();
    ASSERT_TRUE(create(other, trip_json(add_vehicle(other, "99999-119-16"), tomorrow)));

    std::vector<TripView> seen;
    ListMyTrips page{.status = {}, .cursor = {}, .limit = Bounded<1, 100>::of<2>()};
    for (int pages = 1;; ++pages) {
        const auto found = testing::run(trips.queries.list_mine(driver, page));
        ASSERT_TRUE(found);
        seen.insert(seen.end(), found->items.begin(), found->items.end());
        if (!found->next_cursor) {
            EXPECT_EQ(pages, 3);
            break;
        }
        page.cursor = Text<512>::parse(*found->next_cursor).value();
    }
    ASSERT_EQ(seen.size(), 6U);
    for (std::size_t i = 1; i < seen.size(); ++i) {
        EXPECT_GT(std::pair(seen[i - 1].departure_at, seen[i - 1].id), std::pair(seen[i].departure_at, seen[i].id));
    }
    const auto drafts =
        testing::run(trips.queries.list_mine(driver, {.status = TripStatus::draft, .cursor = {}, .limit = {}}));
    EXPECT_EQ(drafts->items.size(), 1U);
    const auto foreign = [&](const Caller& caller, std::optional<TripStatus> status) {
        return testing::run(trips.queries.list_mine(caller, {.status = status, .cursor = page.cursor, .limit = {}}));
    };
    EXPECT_EQ(foreign(other, {}).error().code, Code::malformed_request);
    EXPECT_EQ(foreign(driver, TripStatus::open).error().code, Code::malformed_request);
}

TEST_F(PublishTest, EveryChangeReachesTheFeedOfTheSearchIndex) {
    constexpr db::Statement changes{"test_changes", "select count(*) from trip_changes where trip_id = $1"};
    const TripId id = draft(tomorrow).id;
    ASSERT_TRUE(publish(driver, id));
    ASSERT_TRUE(cancel(driver, id));
    EXPECT_GE(testing::run(db.query(changes, id))[0].get<std::int64_t>(0), 3);
}

}  // namespace
}  // namespace safargo::trips
