#include "geo/gazetteer.hpp"

#include "core/contact_details.hpp"
#include "geo/csv.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <set>

namespace safargo::geo {
namespace {

namespace fs = std::filesystem;

int rounds(int base) {
    const char* scale = std::getenv("SAFARGO_TEST_SCALE");
    return base * (scale ? std::max(1, std::atoi(scale)) : 1);
}

const Gazetteer& algeria() {
    static const Gazetteer gazetteer = Gazetteer::load(SAFARGO_DATA_DIR);
    return gazetteer;
}

std::string first(std::string_view query) {
    const auto suggestions = algeria().suggest(query, 10, Language::fr);
    if (suggestions.empty()) return "nothing";
    return std::string(code(suggestions[0].kind)) + " " + suggestions[0].code;
}

// A small country in a temporary folder, one file of which a test corrupts.
class Folder {
public:
    Folder() : path_(fs::path(testing::TempDir()) / ("geo_" + std::to_string(std::random_device{}()))) {
        fs::create_directories(path_);
        write("wilayas.csv",
              "code,name_fr,name_ar,name_en,name_tamazight,capital,lat,lng,created,powers_from,mother_code,"
              "population_2008\n16,Alger,الجزائر,Algiers,,Alger,36.7,3,1974,,,3000000\n");
        write("cities.csv",
              "id,kind,name_fr,name_ar,alt_names,wilaya_code,lat,lng,population,pop_est_2008\n"
              "1601,commune,Alger,الجزائر,Dzayer;El Djazair,16,36.7,3,,200468\n");
        write("places.csv",
              "slug,name_fr,name_ar,name_en,type,wilaya_code,lat,lng,unesco\n"
              "casbah,Casbah,القصبة,Casbah,medina,16,36.7,3,1\n");
        write("alternate_names.csv", "kind,code,name\nwilaya,16,Argel\n");
    }
    Folder(const Folder&) = delete;
    ~Folder() { fs::remove_all(path_); }

    void append(const std::string& file, std::string_view text) const {
        std::ofstream(path_ / file, std::ios::app | std::ios::binary) << text;
    }
    std::string refusal() const {
        try {
            Gazetteer::load(path_);
        } catch (const BadData& bad) {
            return bad.what();
        }
        return "accepted";
    }
    const fs::path& path() const { return path_; }

private:
    void write(const std::string& file, std::string_view text) const {
        std::ofstream(path_ / file, std::ios::binary) << text;
    }
    fs::path path_;
};

std::string refusal_after(const std::string& file, std::string_view row) {
    const Folder folder;
    folder.append(file, row);
    return folder.refusal();
}

TEST(Gazetteer, ContainsTheWholeCountry) {
    EXPECT_EQ(algeria().wilayas().size(), 69u);
    EXPECT_EQ(algeria().communes().size(), 1'541u);
    EXPECT_EQ(algeria().localities().size(), 13u);
    EXPECT_EQ(algeria().places().size(), 254u);
}

TEST(Gazetteer, FindsByCode) {
    ASSERT_NE(algeria().wilaya(31), nullptr);
    EXPECT_EQ(algeria().wilaya(31)->name_ar, "وهران");
    EXPECT_EQ(algeria().wilaya(70), nullptr);
    ASSERT_NE(algeria().commune("0101"), nullptr);
    EXPECT_EQ(algeria().commune("0101")->name_fr, "Adrar");
    EXPECT_EQ(algeria().commune("101"), nullptr);
    ASSERT_NE(algeria().place("timgad"), nullptr);
    EXPECT_TRUE(algeria().place("timgad")->unesco);
    EXPECT_EQ(algeria().place("atlantis"), nullptr);
}

TEST(Gazetteer, ElevenWilayasHavePowersFromTheFirstOfJanuary2027) {
    const LocalDate before = *LocalDate::parse("2026-12-31"), after = *LocalDate::parse("2027-01-01");
    const auto with_powers = [&](LocalDate day) {
        return std::ranges::count_if(algeria().wilayas(), [&](const Wilaya& w) { return w.has_powers(day); });
    };
    EXPECT_EQ(with_powers(before), 58);
    EXPECT_EQ(with_powers(after), 69);
    EXPECT_FALSE(algeria().wilaya(59)->has_powers(before));
    EXPECT_EQ(algeria().wilaya(59)->mother_code, 3);
    EXPECT_TRUE(algeria().wilaya(58)->has_powers(before));
}

TEST(Gazetteer, NearestCommune) {
    const auto nearest = algeria().nearest_commune({35.699, -0.636});
    EXPECT_EQ(nearest.commune->code, "3101");
    EXPECT_LT(nearest.distance_m, 1'000);
    EXPECT_GT(algeria().nearest_commune({48.85, 2.35}).distance_m, 1'000'000);
}

TEST(Gazetteer, NearestCommuneIsTheOneWithTheLeastDistance) {
    std::mt19937 random(6);
    std::uniform_real_distribution<double> lat(19, 37), lng(-8, 11);
    for (int round = 0; round < rounds(100); ++round) {
        const LatLng point{lat(random), lng(random)};
        double least = 1e12;
        for (const Town& town : algeria().communes()) least = std::min(least, distance_m(point, town.position));
        EXPECT_NEAR(algeria().nearest_commune(point).distance_m, least, 0.01);
    }
}

// Stop labels that look like contact details are refused.
TEST(Gazetteer, NoNameLooksLikeContactDetails) {
    const auto none = [](const auto& named) {
        for (const auto& thing : named)
            for (const std::string& name : {thing.name_fr, thing.name_ar})
                EXPECT_FALSE(holds_contact_details(name)) << name;
    };
    none(algeria().wilayas());
    none(algeria().communes());
    none(algeria().localities());
    none(algeria().places());
}

TEST(Suggest, LabelledQueriesGiveTheExpectedFirstResult) {
    const auto labels = CsvTable::read(SAFARGO_GEO_DIR "/suggest_labels.csv", {"group", "query", "kind", "code"});
    ASSERT_GE(labels.size(), 180u);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const CsvRow row = labels.row(i);
        const std::string expected = std::string(row.text("kind")) + " " + std::string(row.text("code"));
        EXPECT_EQ(first(row.text("query")), expected) << row.text("group") << ": " << row.text("query");
    }
}

TEST(Suggest, EveryWilayaIsFirstByEachOfItsNames) {
    for (const Wilaya& wilaya : algeria().wilayas()) {
        for (const std::string& name : {wilaya.name_fr, wilaya.name_ar, wilaya.name_en, std::to_string(wilaya.code)})
            EXPECT_EQ(first(name), "wilaya " + std::to_string(wilaya.code)) << name;
    }
}

TEST(Suggest, EveryCommuneIsFoundByItsNamesAndCode) {
    for (const Town& commune : algeria().communes()) {
        for (const std::string& name : {commune.name_fr, commune.name_ar, commune.code}) {
            const auto found = algeria().suggest(name, 12, Language::fr);
            EXPECT_TRUE(std::ranges::any_of(found, [&](const Suggestion& s) { return s.code == commune.code; }))
                << name;
        }
    }
}

TEST(Suggest, AWilayaIsFoundWithAnyOneLetterMissing) {
    int asked = 0, found = 0;
    for (const Wilaya& wilaya : algeria().wilayas()) {
        const std::string name = wilaya.name_en;
        for (std::size_t i = 1; i < name.size() && name.size() >= 6; ++i) {
            if (static_cast<unsigned char>(name[i]) >= 0x80 || name[i] == ' ') continue;
            const auto list = algeria().suggest(std::string(name).erase(i, 1), 5, Language::fr);
            ++asked;
            found += std::ranges::any_of(list, [&](const Suggestion& suggestion) {
                return suggestion.kind == SuggestionKind::wilaya && suggestion.wilaya_code == wilaya.code;
            });
        }
    }
    // Except "Mila" and "El Menaa", which are names of their own.
    EXPECT_GE(found, asked - 2) << found << " of " << asked;
}

TEST(Suggest, AnswersInTheCallersLanguageAndShowsTheOtherScript) {
    const auto fr = algeria().suggest("Alger", 1, Language::fr), ar = algeria().suggest("Alger", 1, Language::ar),
               en = algeria().suggest("Alger", 1, Language::en);
    EXPECT_EQ(fr[0].name, "Alger");
    EXPECT_EQ(fr[0].other_name, "الجزائر");
    EXPECT_EQ(ar[0].name, "الجزائر");
    EXPECT_EQ(ar[0].other_name, "Alger");
    EXPECT_EQ(en[0].name, "Algiers");
    EXPECT_EQ(en[0].other_name, "الجزائر");
    EXPECT_EQ(fr[0].wilaya_code, 16);
    EXPECT_EQ(fr[0].position, algeria().wilaya(16)->position);
    EXPECT_EQ(algeria().suggest("Timgad", 1, Language::en)[0].wilaya_code, 5);
}

TEST(Suggest, ATownWithoutArabicNameKeepsItsFrenchOne) {
    const auto found = algeria().suggest("En Nedjma", 1, Language::ar);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].name, "En Nedjma");
    EXPECT_EQ(found[0].other_name, "");
}

TEST(Suggest, WholeNameThenPrefixThenWordsThenKindAndSize) {
    const auto found = algeria().suggest("oran", 20, Language::fr);
    ASSERT_GE(found.size(), 3u);
    EXPECT_EQ(found[0].code, "31");
    EXPECT_EQ(found[1].code, "3101");
    EXPECT_TRUE(std::ranges::is_sorted(found, std::greater<>{}, &Suggestion::score));
    const auto bab = algeria().suggest("bab", 3, Language::fr);
    EXPECT_EQ(bab[0].name, "Bab Ezzouar");  // the largest with that prefix
    EXPECT_EQ(bab[1].name, "Bab El Oued");
}

TEST(Suggest, NothingForEmptyOrMeaninglessQueries) {
    EXPECT_TRUE(algeria().suggest("", 10, Language::fr).empty());
    EXPECT_TRUE(algeria().suggest(" -' ", 10, Language::fr).empty());
    EXPECT_TRUE(algeria().suggest("Oran", 0, Language::fr).empty());
    for (const char* nonsense : {"xqzw", "bbbbbbbb", "Johannesburg", "qwertyuiop", "東京"})
        EXPECT_TRUE(algeria().suggest(nonsense, 10, Language::fr).empty()) << nonsense << " " << first(nonsense);
}

TEST(Suggest, ManyUnknownWordsFindNothing) {
    for (const char* nonsense : {"qwertyuiop asdfgh", "xqzw bbbbbbbb", "東京 大阪"})
        EXPECT_TRUE(algeria().suggest(nonsense, 10, Language::fr).empty()) << nonsense << " " << first(nonsense);
}

TEST(Suggest, OneUnknownWordHidesNoWilaya) {
    for (const Wilaya& wilaya : algeria().wilayas()) {
        for (const std::string& name : {wilaya.name_fr, wilaya.name_ar, wilaya.name_en}) {
            for (const std::string& query : {name + " zzyzx", "zzyzx " + name, name + " Algérie", "ville de " + name}) {
                const auto found = algeria().suggest(query, 5, Language::fr);
                EXPECT_TRUE(std::ranges::any_of(found,
                                                [&](const Suggestion& s) {
                                                    return s.kind == SuggestionKind::wilaya &&
                                                           s.wilaya_code == wilaya.code;
                                                }))
                    << query << " " << first(query);
            }
        }
    }
}

TEST(Suggest, ACommuneIsFoundBesideItsWilaya) {
    std::vector<std::string> missed;
    for (const Town& commune : algeria().communes()) {
        const std::string query = commune.name_fr + " " + algeria().wilaya(commune.wilaya_code)->name_fr;
        const auto found = algeria().suggest(query, 5, Language::fr);
        if (std::ranges::none_of(found, [&](const Suggestion& s) { return s.code == commune.code; }))
            missed.push_back(query);
    }
    // These are exactly the names of two sights.
    EXPECT_THAT(missed, testing::ElementsAre("Casbah Alger", "El Marsa Skikda"));
}

TEST(Suggest, RespectsTheLimitWithoutDuplicates) {
    for (const char* query : {"a", "el", "sidi", "ain", "ouled", "بن", "plage", "mersa"}) {
        const auto found = algeria().suggest(query, 20, Language::fr);
        EXPECT_LE(found.size(), 20u);
        std::set<std::pair<SuggestionKind, std::string>> seen;
        for (const auto& suggestion : found)
            EXPECT_TRUE(seen.emplace(suggestion.kind, suggestion.code).second) << suggestion.name;
    }
}

TEST(Suggest, AcceptsAnyBytes) {
    std::mt19937 random(8);
    for (int round = 0; round < rounds(300); ++round) {
        std::string bytes(random() % 200, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random());
        EXPECT_LE(algeria().suggest(bytes, 5, Language::ar).size(), 5u);
    }
}

TEST(GazetteerFiles, ASmallCountryLoads) {
    const Folder folder;
    const auto gazetteer = Gazetteer::load(folder.path());
    EXPECT_EQ(gazetteer.suggest("argel", 5, Language::fr).size(), 2u);  // the wilaya and its capital
    EXPECT_EQ(gazetteer.suggest("dzayer", 5, Language::fr)[0].kind, SuggestionKind::wilaya);
}

TEST(GazetteerFiles, BadWilayasAreRefused) {
    const auto refused = [](std::string_view row) { return refusal_after("wilayas.csv", row); };
    EXPECT_EQ(refused("16,X,س,X,,X,36,3,1974,,,1\n"), "wilayas.csv:3: code: stands twice");
    EXPECT_EQ(refused("0,X,س,X,,X,36,3,1974,,,1\n"), "wilayas.csv:3: code: not within 1..99");
    EXPECT_EQ(refused("17,,س,X,,X,36,3,1974,,,1\n"), "wilayas.csv:3: name_fr: empty");
    EXPECT_EQ(refused("17,X,س,X,,X,3,36,1974,,,1\n"), "wilayas.csv:3: lat: not in Algeria");
    EXPECT_EQ(refused("17,X,س,X,,X,36,3,1974,2027-13-01,,1\n"), "wilayas.csv:3: powers_from: not a date");
    EXPECT_EQ(refused("17,X,س,X,,X,36,3,1974,,98,1\n"), "wilayas.csv:3: mother_code: no such wilaya");
    EXPECT_EQ(refused("17,X,س,X,,X,36,3,1974,,,1\n"), "cities.csv: no capital for wilaya 17");
}

TEST(GazetteerFiles, BadTownsAreRefused) {
    const auto refused = [](std::string_view row) { return refusal_after("cities.csv", row); };
    EXPECT_EQ(refused("1601,commune,X,س,,16,36,3,,1\n"), "cities.csv:3: id: stands twice");
    EXPECT_EQ(refused("161,commune,X,س,,16,36,3,,1\n"), "cities.csv:3: id: not a commune's code");
    EXPECT_EQ(refused("1602,town,X,س,,16,36,3,,1\n"), "cities.csv:3: kind: neither commune nor place");
    EXPECT_EQ(refused("1602,commune,X,,,16,36,3,,1\n"), "cities.csv:3: name_ar: empty");
    EXPECT_EQ(refused("1602,commune,X,س,,17,36,3,,1\n"), "cities.csv:3: wilaya_code: no such wilaya");
    EXPECT_EQ(refused("1602,commune,X,س,,16,36,30,,1\n"), "cities.csv:3: lng: not in Algeria");
    EXPECT_EQ(refused("1602,commune,X,س,,16,36,3,many,1\n"), "cities.csv:3: population: not an integer");
}

TEST(GazetteerFiles, BadPlacesAndAlternateNamesAreRefused) {
    EXPECT_EQ(refusal_after("places.csv", "casbah,X,س,X,medina,16,36,3,0\n"), "places.csv:3: slug: stands twice");
    EXPECT_EQ(refusal_after("places.csv", "x,X,س,X,casino,16,36,3,0\n"), "places.csv:3: type: no such type");
    EXPECT_EQ(refusal_after("places.csv", "x,X,س,X,medina,16,36,3,yes\n"), "places.csv:3: unesco: not an integer");
    EXPECT_EQ(refusal_after("alternate_names.csv", "wilaya,99,X\n"), "alternate_names.csv:3: code: unknown");
    EXPECT_EQ(refusal_after("alternate_names.csv", "planet,16,X\n"), "alternate_names.csv:3: kind: no such kind");
    EXPECT_EQ(refusal_after("alternate_names.csv", "place,casbah,\n"), "alternate_names.csv:3: name: empty");
}

}  // namespace
}  // namespace safargo::geo
