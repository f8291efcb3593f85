<?xml version="1.0" encoding="UTF-8"?>
<!-- <TraLoi ma="00"/> it has it, 01 it had it already, 99 not now; any other number is its refusal. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="json"/>
  <xsl:param name="status"/>
  <xsl:template match="/TraLoi[@ma = ('00', '01')]">
    <xsl:sequence select="map { 'outcome': 'CONFIRMED', 'detail': 'ma ' || @ma }"/>
  </xsl:template>
  <xsl:template match="/TraLoi[matches(@ma, '^[0-9]{2}$')]" priority="0">
    <xsl:sequence select="if (@ma = '99') then map { 'outcome': 'UNAVAILABLE', 'detail': 'ma 99' } else map {
        'outcome': 'REFUSED', 'code': 'vi-du-refused', 'detail': 'ma ' || @ma,
        'vi': 'Nơi nhận từ chối (mã ' || @ma || ').', 'en': 'The receiver refused it (code ' || @ma || ').' }"/>
  </xsl:template>
  <xsl:template match="/*" priority="-1">
    <xsl:sequence select="map { 'outcome': 'UNAVAILABLE', 'detail': 'no TraLoi, HTTP ' || $status }"/>
  </xsl:template>
</xsl:stylesheet>
