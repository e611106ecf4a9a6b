#include "core/contact_details.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

namespace safargo {
namespace {

void expect_contact_details(std::initializer_list<const char*> texts) {
    for (const char* text : texts) EXPECT_TRUE(holds_contact_details(text)) << text;
}

TEST(ContactDetails, PhoneNumbersInAnyDigitsAndSpacing) {
    expect_contact_details({"0551234567",
                            "Ahmed 0551 23 45 67",
                            "05.51.23.45.67",
                            "05-51-23-45-67",
                            "0 5 5 1 2 3 4 5 6 7",
                            "(0551) 234567",
                            "Amel +213551234567",
                            "+213 (0)551 23 45 67",
                            "00213551234567",
                            "213551234567",
                            "أحمد ٠٥٥١٢٣٤٥٦٧",
                            "۰۵۵۱۲۳۴۵۶۷",
                            "０５５１２３４５６７",
                            "0551_23_45_67",
                            "0551/23/45/67",
                            "0551,23,45,67",
                            "O551 23 45 67",
                            "551 23 45 67",
                            "551234567",
                            "Amel0551234567",
                            "0551234567Amel",
                            "021 23 45 67",
                            "+33 6 12 34 56 78",
                            "+33 (0)6 12 34 56 78",
                            "0033612345678",
                            "0️⃣5️⃣5️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣",
                            "⓪⑤⑤①②③④⑤⑥⑦",
                            "05\u200b51\u200f234567",
                            "Alger 16 0661 00 11 22",
                            "zéro cinq cinq un deux trois quatre cinq six sept",
                            "صفر خمسة خمسة واحد اثنان ثلاثة أربعة خمسة ستة سبعة",
                            "Bt 5 0770123456 gare"});
}

TEST(ContactDetails, PhoneNumbersBetweenOtherSigns) {
    expect_contact_details({"0551·23·45·67", "0551 • 23 • 45 • 67", "05~51~23~45~67", "05;51;23;45;67",
                            "05=51=23=45=67", "05&51&23&45&67", "05#51#23#45#67", "05\\51\\23\\45\\67",
                            "05☎51☎23☎45☎67", "05:51:23:45:67", "551;23;45;67", "Villa 7 ; 551 23 45 67",
                            "tel:0551234567", "Lot 12 = 0551234567", "❶ ⓿❺❺❶❷❸❹❺❻❼", "⓿❺❺❶❷❸❹❺❻❼", "0➄➄➀➁➂➃➄➅➆",
                            "⓪⓹⓹⓵⓶⓷⓸⓹⓺⓻"});
}

TEST(ContactDetails, PhoneNumbersInWords) {
    expect_contact_details({"zéro cinq cinquante et un vingt-trois quarante-cinq soixante-sept",
                            "zero cinq cinquante-et-un vingt trois quarante cinq soixante sept",
                            "zéro six soixante-dix quatre-vingt-dix-sept quatre-vingts soixante et onze",
                            "zéro sept soixante-dix-neuf quinze dix-sept vingt-deux",
                            "zéro cinq cent cinquante et un vingt-trois quarante-cinq soixante-sept",
                            "zero five fifty-one twenty-three forty five sixty seven",
                            "صفر خمسة واحد وخمسين ثلاثة وعشرين خمسة وأربعين سبعة وستين", "05 cinquante et un 23 45 67",
                            "whatsapp 55 12 34 56"});
}

TEST(ContactDetails, AddressesLinksAndHandles) {
    for (const char* text : {"amel@example.dz",
                             "amel @ gmail . com",
                             "amel＠gmail.com",
                             "amel at gmail dot com",
                             "amel gmail point com",
                             "amel (at) gmail [dot] com",
                             "amel arobase yahoo point fr",
                             "amel gmail com",
                             "contact at safar dot dz",
                             "أمل آت جيميل دوت كوم",
                             "امل جيميل نقطة كوم",
                             "@amel_dz",
                             "insta @amel",
                             "www.amel.dz",
                             "WWW . amel",
                             "amel.com",
                             "https://amel",
                             "http:/amel",
                             "t.me/amel",
                             "wa.me/213551234567",
                             "T.ME/amel",
                             "bit.ly/3xyz",
                             "safar point dz",
                             "insta: amel",
                             "Snap amel_31",
                             "telegram amel31",
                             "whatsapp: Amel",
                             "واتساب: أمل",
                             "fb.com/amel",
                             "FB.com/amel",
                             "x.com/amel",
                             "x.com",
                             "linktr.ee/amel",
                             "youtu.be/amel",
                             "discord.gg/amel",
                             "amel.me",
                             "amel.app",
                             "amel.site",
                             "amel.online",
                             "is.gd.me/x",
                             "linktr.ee",
                             "g.co/x",
                             "fb: amel",
                             "FB : Amel",
                             "ig: amel_31",
                             "ig=amel",
                             "fb/amel",
                             "ig amel_31",
                             "IG amel31",
                             "wa: amel",
                             "ａｍｅｌ．ｃｏｍ"}) {
        EXPECT_TRUE(holds_contact_details(text)) << text;
    }
}

TEST(ContactDetails, DatesTimesPricesAndStreetNumbersAreAllowed) {
    for (const char* text : {"20 août 1955",
                             "Place du 1er Novembre 1954",
                             "05 juillet 1962",
                             "Cité 05 juillet 1962",
                             "8 mai 1945",
                             "5 Juillet",
                             "05/07/1962",
                             "01/11/1954 - 05/07/1962",
                             "05.07.1962",
                             "07:30",
                             "05h30 06h45 07h15",
                             "6 h 30 - 7 h 15",
                             "départ 06:30 ou 07:00",
                             "500 DA",
                             "1 500 DA",
                             "1.500,00 DA",
                             "2 000 000 DA",
                             "RN 5 km 12",
                             "RN5 km 12,5",
                             "RN 01 PK 230",
                             "Km 12 + 300",
                             "16000 Alger",
                             "Alger 16",
                             "Lot 123-456 N° 78",
                             "Zone 8 Mascara (29000)",
                             "36.7538, 3.0588",
                             "012345-119-16",
                             "٥ جويلية ١٩٦٢",
                             "شارع 20 أوت 1955",
                             "13 Mai",
                             "Lignes 06 07 08 09 10",
                             "Lignes 06, 07, 08, 09, 10",
                             "Portes 05-06-07-08-09",
                             "Bus 05 07 09 11 13",
                             "Lots 551 552 553",
                             "06:00 07:30 08:45",
                             "06:00 - 07:30 - 08:45",
                             "36°45'12\" 03°03'31\"",
                             "Cité des vingt-quatre logements",
                             "Place des quatre vingt dix",
                             "Cité des cinq cents logements",
                             "Ain 05 12"})
        EXPECT_FALSE(holds_contact_details(text)) << text;
}

TEST(ContactDetails, PlacesPeopleAndCarsAreAllowed) {
    for (const char* text : {"Cité 1200 logements",
                             "Cité 2000 logements AADL Bt 12 N 05",
                             "20/55 logements",
                             "Cité 500+300",
                             "حي 1200 مسكن",
                             "Cité des 7 fontaines",
                             "Rond point Dz",
                             "Au point du jour",
                             "Hôtel Le Point",
                             "Point com du marché",
                             "Bab Ezzouar",
                             "Dr. Saadane",
                             "N.D. d'Afrique",
                             "St. Eugène",
                             "Av. de l'ALN",
                             "av.de l'Indépendance",
                             "Imm.app 12",
                             "Cité.site 5",
                             "Bt.me",
                             "FB",
                             "IG 2000 logements",
                             "Hôtel IG",
                             "12.app",
                             "Rue.de la gare",
                             "S.A.R.L",
                             "M'Sila",
                             "Gare SNTF",
                             "Aéroport d'Alger",
                             "Rdv @ la gare",
                             "Trois Horloges",
                             "Six Mai",
                             "Chez Moh 100 m",
                             "Live Oak",
                             "Facebook",
                             "Amel",
                             "Ahmed Ben Ali",
                             "عبد القادر بن علي",
                             "Jean-Pierre",
                             "Peugeot 206",
                             "308 1.6 HDI 120",
                             "Clio 4",
                             "Golf 7 2.0 TDI 150"})
        EXPECT_FALSE(holds_contact_details(text)) << text;
}

}  // namespace
}  // namespace safargo
