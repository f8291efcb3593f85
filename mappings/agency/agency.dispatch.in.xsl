<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:a="urn:bocau:agency:v1"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="a map xs">
  <xsl:output method="json"/>
  <xsl:template match="/a:dispatchResults">
    <xsl:sequence select="map:merge((
        map { 'results': array {
          a:result ! (if (a:flaw) then map {
            'dossier': normalize-space(a:dossier),
            'flaws': array { a:flaw ! map {
              'field': string(a:field), 'vi': string(a:vi), 'en': string(a:en) } } }
          else map:merge((
            map { 'dossier': normalize-space(a:dossier) },
            a:item ! map { 'item': normalize-space(.) },
            a:receiver ! map { 'receiver': map {
              'name': normalize-space(a:name),
              'phone': normalize-space(a:phone),
              'address': map { 'commune': normalize-space(a:commune), 'street': normalize-space(a:street) } } },
            a:originalsToTakeBack ! map { 'originalsToTakeBack': xs:integer(.) },
            a:collectFee ! map { 'collectFee': xs:integer(.) },
            a:cod ! map { 'cod': map:merge((
              map { 'amount': xs:integer(a:amount) },
              a:payee ! map { 'payee': normalize-space(.) })) }))) } }))"/>
  </xsl:template>
</xsl:stylesheet>
