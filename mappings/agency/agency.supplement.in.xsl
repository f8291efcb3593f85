<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:a="urn:bocau:agency:v1"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"     xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="a map xs">
  <xsl:output method="json"/>
  <xsl:template match="/a:askSupplement">
    <xsl:sequence select="map:merge((
        map {
          'dossier': normalize-space(a:dossier),
          'papers': array {
            a:paper ! map {
              'name': normalize-space(a:name),
              'original': normalize-space(a:original) = ('true', '1'),
              'count': xs:integer(a:count) } },
          'reason': normalize-space(a:reason),
          'byPost': normalize-space(a:byPost) = ('true', '1') }))"/>
  </xsl:template>
</xsl:stylesheet>
