<?xml version="1.0" encoding="UTF-8"?>
<!-- Into the words of /api/portal/v1/requests, which hold what comes out here to their own schema. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map" exclude-result-prefixes="map">
  <xsl:output method="json"/>
  <xsl:variable name="channel" select="map { 'tt': 'DIRECT', 'truc-tuyen': 'ONLINE', 'bc': 'POST' }"/>
  <xsl:template match="/DonYeuCau">
    <xsl:variable name="citizen" select="map {
        'name': string(CongDan/@hoTen), 'phone': string(CongDan/@dienThoai),
        'address': map { 'commune': string(CongDan/@xa), 'street': string(CongDan/@diaChi) } }"/>
    <xsl:sequence select="map:merge((
        map { 'dossier': map {
          'codes': array { map { 'code': string(HoSo/@so) } },
          'procedure': string(HoSo/@thuTuc),
          'channel': ($channel(string(HoSo/@kenh)), string(HoSo/@kenh))[1],
          'filedOn': replace(HoSo/@ngayNop, '(..)-(..)-(....)', '$3-$2-$1'),
          'agency': string(HoSo/@coQuan),
          'paidOnline': HoSo/@daNopPhi = 'true' } },
        if (GiayTo) then map { 'pickup': map {
          'sender': $citizen,
          'papers': array { GiayTo ! map { 'name': string(.), 'original': true() } } } } else (),
        if (TraTaiNha) then map { 'result': map { 'receiver': $citizen } } else ()))"/>
  </xsl:template>
</xsl:stylesheet>
