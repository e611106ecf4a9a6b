// Gives the test databases of a sample the tables of the samples.
#include "testing/test_database.hpp"

namespace {

[[maybe_unused]] const bool uses_sample_migrations = [] {
    safargo::testing::use_migrations_of(SAFARGO_SAMPLE_MIGRATIONS_DIR);
    return true;
}();

}  // namespace
