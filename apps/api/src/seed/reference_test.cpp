#include "seed/data_files.hpp"
#include "seed/seed.hpp"

#include "db/blocking_connection.hpp"
#include "geo/csv.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>

namespace safargo::seed {
namespace {

namespace fs = std::filesystem;
using testing::run;
using testing::TestDatabase;

const Progress silent = [](std::string_view, std::size_t, std::size_t) {};

constexpr const char* count_rows =
    "select (select count(*) from wilayas), (select count(*) from communes), (select count(*) from places)";
constexpr const char* one_place =
    "select id, name_ar, description_en, folded_names, version, unesco from places where slug = $1";
constexpr const char* one_wilaya = "select powers_from, mother_code from wilayas where code = $1::smallint";
constexpr const char* last_load = "select count(*), max(loaded_at) from data_loads";

db::Rows ask(const TestDatabase& database, const char* sql, const std::vector<std::string>& values = {}) {
    return db::BlockingConnection(database.url()).query(sql, values);
}

// A copy of the data that tests may modify.
class DataFolder {
public:
    DataFolder() : path_(fs::path(::testing::TempDir()) / ("seed_" + std::to_string(std::random_device{}()))) {
        fs::create_directories(path_);
        for (const char* name : {"wilayas.csv", "cities.csv", "places.csv", "alternate_names.csv"})
            fs::copy(fs::path(SAFARGO_DATA_DIR) / name, path_ / name);
    }
    DataFolder(const DataFolder&) = delete;
    DataFolder& operator=(const DataFolder&) = delete;
    ~DataFolder() { fs::remove_all(path_); }

    const fs::path& path() const { return path_; }
    void replace(const char* name, const std::string& what, const std::string& by) const {
        std::ifstream in(path_ / name);
        std::string text{std::istreambuf_iterator<char>(in), {}};
        const auto at = text.find(what);
        ASSERT_NE(at, text.npos);
        std::ofstream(path_ / name) << text.replace(at, what.size(), by);
    }

private:
    fs::path path_;
};

TEST(Reference, LoadsAlgeria) {
    TestDatabase database;
    std::vector<std::string> steps;
    const Progress listen = [&](std::string_view step, std::size_t done, std::size_t total) {
        if (done == total) steps.emplace_back(step);
    };
    const SeedReport report = run(load_reference(database.db(), SAFARGO_DATA_DIR, listen));
    EXPECT_FALSE(report.up_to_date);
    EXPECT_EQ(report.wilayas, 69U);
    EXPECT_EQ(report.communes, 1'541U);
    EXPECT_EQ(report.places, 254U);
    EXPECT_EQ(steps, (std::vector<std::string>{"wilayas", "communes", "places"}));

    const db::Rows counts = ask(database, count_rows);
    EXPECT_EQ(counts[0].get<std::int64_t>(0), 69);
    EXPECT_EQ(counts[0].get<std::int64_t>(1), 1'541);
    EXPECT_EQ(counts[0].get<std::int64_t>(2), 254);
}

TEST(Reference, StoresNamesDescriptionsAndPowers) {
    TestDatabase database;
    run(load_reference(database.db(), SAFARGO_DATA_DIR, silent));
    const db::Rows casbah = ask(database, one_place, {"casbah-alger"});
    ASSERT_EQ(casbah.size(), 1U);
    EXPECT_FALSE(casbah[0].get<std::string>(1).empty());
    EXPECT_FALSE(casbah[0].get<std::string>(2).empty());
    EXPECT_TRUE(casbah[0].get<std::string>(3).starts_with("casbah d alger "));
    EXPECT_TRUE(casbah[0].get<bool>(5));

    const db::Rows young = ask(database, one_wilaya, {"59"});
    EXPECT_EQ(young[0].get<LocalDate>(0).str(), "2027-01-01");
    EXPECT_EQ(young[0].get<std::optional<int>>(1), 3);
    const db::Rows old = ask(database, one_wilaya, {"16"});
    EXPECT_EQ(old[0].get<LocalDate>(0).str(), "1974-01-01");
    EXPECT_EQ(old[0].get<std::optional<int>>(1), std::nullopt);
}

TEST(Reference, ASecondLoadChangesNothing) {
    TestDatabase database;
    run(load_reference(database.db(), SAFARGO_DATA_DIR, silent));
    const auto loaded_at = ask(database, last_load)[0].get<Instant>(1);
    const SeedReport report = run(load_reference(database.db(), SAFARGO_DATA_DIR, [](auto, auto, auto) { FAIL(); }));
    EXPECT_TRUE(report.up_to_date);
    EXPECT_EQ(report.wilayas + report.communes + report.places, 0U);
    EXPECT_EQ(ask(database, last_load)[0].get<Instant>(1), loaded_at);
}

TEST(Reference, OnlyChangedRowsAreUpdated) {
    TestDatabase database;
    const DataFolder data;
    run(load_reference(database.db(), data.path(), silent));
    const auto id = ask(database, one_place, {"timgad"})[0].get<PlaceId>(0);
    data.replace("places.csv", "Timgad (", "Timgad la romaine (");

    const SeedReport report = run(load_reference(database.db(), data.path(), silent));
    EXPECT_FALSE(report.up_to_date);
    EXPECT_EQ(report.wilayas, 0U);
    EXPECT_EQ(report.communes, 0U);
    EXPECT_EQ(report.places, 1U);
    const db::Rows timgad = ask(database, one_place, {"timgad"});
    EXPECT_EQ(timgad[0].get<PlaceId>(0), id);
    EXPECT_EQ(timgad[0].get<std::int64_t>(4), 2);
    EXPECT_TRUE(run(load_reference(database.db(), data.path(), silent)).up_to_date);
}

TEST(Reference, ABadFileLoadsNothing) {
    TestDatabase database;
    const DataFolder data;
    data.replace("places.csv", ",heritage,", ",heritages,");
    EXPECT_THROW(run(load_reference(database.db(), data.path(), silent)), geo::BadData);
    EXPECT_EQ(ask(database, count_rows)[0].get<std::int64_t>(0), 0);
    EXPECT_EQ(ask(database, last_load)[0].get<std::int64_t>(0), 0);
}

TEST(Reference, AMissingFolderIsReported) {
    TestDatabase database;
    EXPECT_THROW(run(load_reference(database.db(), "/no/such/folder", silent)), std::runtime_error);
}

}  // namespace
}  // namespace safargo::seed
