#pragma once

#include "api/endpoints.hpp"
#include "features/kyc/reviewing.hpp"
#include "features/kyc/service.hpp"

namespace safargo::kyc {

void add_routes(api::Endpoints& endpoints, OwnDocuments& documents, Reviewing& reviewing);

}  // namespace safargo::kyc
