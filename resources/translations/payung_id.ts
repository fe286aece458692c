<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="id" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About Payung</source>
        <translation>Tentang Payung</translation>
    </message>
    <message>
        <source>Licences of Payung and of what it contains</source>
        <translation>Lisensi Payung dan isinya</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Versi {version}</translation>
    </message>
    <message>
        <source>Payung enrols the ad-hoc officers of elections and regional elections. It is free software.</source>
        <translation>Payung mendaftarkan petugas ad hoc pemilu dan pilkada. Payung adalah perangkat lunak bebas.</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lisensi</translation>
    </message>
</context>
<context>
    <name>ActionList</name>
    <message>
        <source>Nothing is open. Well done.</source>
        <translation>Tidak ada yang perlu dikerjakan sekarang.</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Perlu tindakan Anda</translation>
    </message>
</context>
<context>
    <name>After</name>
    <message>
        <source>Handed over to</source>
        <translation>Diserahkan kepada</translation>
    </message>
    <message>
        <source>Write who received them.</source>
        <translation>Tulis siapa yang menerima.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Write the reason, for example: wrong person printed.</source>
        <translation>Tulis alasannya, misalnya: salah orang.</translation>
    </message>
    <message>
        <source>Make void…</source>
        <translation>Batalkan…</translation>
    </message>
    <message>
        <source>Handed over ({count})</source>
        <translation>Sudah diserahkan ({count})</translation>
    </message>
    <message>
        <source>{count} sheets sent to {printer}. Have they come out of the printer?</source>
        <translation>{count} lembar dikirim ke {printer}. Sudah keluar dari printer?</translation>
    </message>
    <message>
        <source>Stopped: not all sheets came out of {printer}. Look which ones there are.</source>
        <translation>Cetakan dihentikan: tidak semua lembar keluar dari {printer}. Lihat lembar mana yang ada.</translation>
    </message>
    <message>
        <source>If a sheet jammed, bring it to the front with PgUp and PgDn, then print it again.</source>
        <translation>Bila ada lembar yang macet, tampilkan lembar itu dengan PgUp dan PgDn, lalu cetak ulang.</translation>
    </message>
    <message>
        <source>Yes, all of them</source>
        <translation>Ya, semuanya</translation>
    </message>
    <message>
        <source>Print sheet {number} again</source>
        <translation>Cetak ulang lembar {number}</translation>
    </message>
    <message>
        <source>The numbers are recorded already. The same sheets can be sent once more or saved.</source>
        <translation>Nomornya sudah tercatat. Lembar yang sama dapat dikirim sekali lagi atau disimpan.</translation>
    </message>
    <message>
        <source>Send once more</source>
        <translation>Kirim sekali lagi</translation>
    </message>
    <message>
        <source>Save PDF</source>
        <translation>Simpan PDF</translation>
    </message>
    <message>
        <source>The PDF has been saved</source>
        <translation>PDF sudah disimpan</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>Buka berkas</translation>
    </message>
    <message>
        <source>{count} papers: have they been handed over?</source>
        <translation>{count} lembar: sudah diserahkan?</translation>
    </message>
    <message>
        <source>Who received them is written on this laptop only.</source>
        <translation>Nama penerima hanya dicatat di laptop ini.</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Catat</translation>
    </message>
    <message>
        <source>each officer in person</source>
        <translation>petugas yang bersangkutan</translation>
    </message>
    <message>
        <source>Make {count} certificates void?</source>
        <translation>Batalkan {count} sertifikat?</translation>
    </message>
    <message>
        <source>{names}. The number counts no more; printing again gives a new one.</source>
        <translation>{names}. Nomornya tidak berlaku lagi; bila dicetak lagi, nomornya baru.</translation>
    </message>
    <message>
        <source>Make void</source>
        <translation>Batalkan</translation>
    </message>
    <message>
        <source>Recorded for {count} certificates.</source>
        <translation>Tercatat untuk {count} sertifikat.</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Mengerti</translation>
    </message>
</context>
<context>
    <name>Appearance</name>
    <message>
        <source>Appearance</source>
        <translation>Tampilan</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Ukuran huruf</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Warna</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Terang</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Gelap</translation>
    </message>
    <message>
        <source>As the laptop</source>
        <translation>Ikut laptop</translation>
    </message>
    <message>
        <source>What you choose holds at once. What you have typed stays in its place.</source>
        <translation>Pilihan Anda langsung berlaku. Isian Anda tetap di tempatnya.</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>Not now</source>
        <translation>Nanti saja</translation>
    </message>
</context>
<context>
    <name>Backups</name>
    <message>
        <source>Backups</source>
        <translation>Cadangan</translation>
    </message>
    <message>
        <source>Where backups go as well</source>
        <translation>Tempat lain untuk cadangan</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Cadangkan sekarang</translation>
    </message>
    <message>
        <source>Choose a stick or folder…</source>
        <translation>Pilih flashdisk atau folder…</translation>
    </message>
    <message>
        <source>No longer to the stick</source>
        <translation>Jangan ke flashdisk lagi</translation>
    </message>
    <message>
        <source>Restore a backup…</source>
        <translation>Pulihkan cadangan…</translation>
    </message>
    <message>
        <source>Payung makes backups by itself: after opening, after 50 officers, and when you lock or close. They are encrypted and open only with a passphrase of this laptop.</source>
        <translation>Payung membuat cadangan sendiri: setelah dibuka, setelah 50 petugas, dan saat Anda mengunci atau menutup. Isinya tersandi dan hanya terbuka dengan kata sandi laptop ini.</translation>
    </message>
    <message>
        <source>On this laptop</source>
        <translation>Di laptop ini</translation>
    </message>
    <message>
        <source>On a stick</source>
        <translation>Di flashdisk</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Pulihkan</translation>
    </message>
    <message>
        <source>Payung locks and shows the newest backup. Nothing is changed before you say so once more.</source>
        <translation>Payung terkunci dan menunjukkan cadangan terbaru. Tidak ada yang diubah sebelum Anda memintanya sekali lagi.</translation>
    </message>
    <message>
        <source>No backup was made on this laptop yet.</source>
        <translation>Belum ada cadangan di laptop ini.</translation>
    </message>
    <message>
        <source>No stick is chosen. A backup beside the laptop helps when the laptop is lost.</source>
        <translation>Belum ada flashdisk yang dipilih. Cadangan di luar laptop menolong bila laptop hilang.</translation>
    </message>
    <message>
        <source>{folder} is not plugged in. Plug in the stick; the next backup goes there as well.</source>
        <translation>{folder} belum terpasang. Pasang flashdisk; cadangan berikutnya juga ditulis ke sana.</translation>
    </message>
    <message>
        <source>No backup lies there yet.</source>
        <translation>Belum ada cadangan di sana.</translation>
    </message>
    <message>
        <source>Last backup: {at}, {records} officers.</source>
        <translation>Cadangan terakhir: {at}, {records} petugas.</translation>
    </message>
    <message>
        <source>The backup is made, here and on the stick. The stick may be taken out.</source>
        <translation>Cadangan sudah dibuat, di laptop dan di flashdisk. Flashdisk boleh dicabut.</translation>
    </message>
    <message>
        <source>The backup is made on this laptop.</source>
        <translation>Cadangan sudah dibuat di laptop ini.</translation>
    </message>
    <message>
        <source>Backups go to {folder} as well.</source>
        <translation>Cadangan juga ditulis ke {folder}.</translation>
    </message>
</context>
<context>
    <name>Buses</name>
    <message>
        <source>Payung keeps what was typed and locks.</source>
        <translation>Payung menyimpan ketikan lalu mengunci.</translation>
    </message>
</context>
<context>
    <name>CardStep</name>
    <message>
        <source>The recovery card</source>
        <translation>Kartu pemulihan</translation>
    </message>
    <message>
        <source>Save the card (PDF)…</source>
        <translation>Simpan kartu (PDF)…</translation>
    </message>
    <message>
        <source>Open it to print</source>
        <translation>Buka untuk dicetak</translation>
    </message>
    <message>
        <source>The card is printed or kept apart</source>
        <translation>Kartu sudah dicetak atau disimpan terpisah</translation>
    </message>
    <message>
        <source>If you forget the passphrase, the office can let you in again with this card. It holds nothing secret. Save it on a stick or print it, and keep it apart from the laptop.</source>
        <translation>Bila Anda lupa kata sandi, kantor dapat membukakan laptop ini dengan kartu ini. Isinya tidak rahasia. Simpan di flashdisk atau cetak, lalu taruh terpisah dari laptop.</translation>
    </message>
    <message>
        <source>Save the card first.</source>
        <translation>Simpan kartu dahulu.</translation>
    </message>
    <message>
        <source>Say that the card is kept: tick the box with the space bar.</source>
        <translation>Nyatakan bahwa kartu sudah disimpan: centang kotaknya dengan spasi.</translation>
    </message>
    <message>
        <source>The card lies at {path}.</source>
        <translation>Kartu tersimpan di {path}.</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>Berkas PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Save the recovery card</source>
        <translation>Simpan kartu pemulihan</translation>
    </message>
</context>
<context>
    <name>CertificateMaking</name>
    <message>
        <source>{count} certificates made, {pages} pages</source>
        <translation>{count} sertifikat selesai, {pages} halaman</translation>
    </message>
    <message>
        <source>Save the certificates</source>
        <translation>Simpan sertifikat</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>Berkas PDF (*.pdf)</translation>
    </message>
</context>
<context>
    <name>CertificateSaving</name>
    <message>
        <source>Save the certificates</source>
        <translation>Simpan sertifikat</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>Berkas PDF (*.pdf)</translation>
    </message>
</context>
<context>
    <name>Certificates</name>
    <message>
        <source>(no name yet)</source>
        <translation>(belum ada nama)</translation>
    </message>
    <message>
        <source>Draft – complete it first</source>
        <translation>Draf – lengkapi dulu</translation>
    </message>
    <message>
        <source>{word} – mend it first</source>
        <translation>{word} – perbaiki dulu</translation>
    </message>
    <message>
        <source>not handed over</source>
        <translation>belum diserahkan</translation>
    </message>
    <message>
        <source>handed over {day}</source>
        <translation>diserahkan {day}</translation>
    </message>
    <message>
        <source>paper spoiled</source>
        <translation>kertas rusak</translation>
    </message>
    <message>
        <source>void {day}</source>
        <translation>batal {day}</translation>
    </message>
    <message>
        <source>void {day}, take it back</source>
        <translation>batal {day}, tarik kembali</translation>
    </message>
</context>
<context>
    <name>CertificatesPage</name>
    <message>
        <source>TEMPORARY</source>
        <translation>SEMENTARA</translation>
    </message>
    <message>
        <source>A sample: numbers and codes are given when it is printed.</source>
        <translation>Contoh: nomor dan kode QR diberikan saat dicetak.</translation>
    </message>
    <message>
        <source>A sample of the first {count}. {said}</source>
        <translation>Contoh {count} yang pertama. {said}</translation>
    </message>
    <message>
        <source>This is what goes to the printer.</source>
        <translation>Inilah yang dikirim ke printer.</translation>
    </message>
</context>
<context>
    <name>ChoicePanel</name>
    <message>
        <source>Copy for the archive</source>
        <translation>Salinan untuk arsip</translation>
    </message>
    <message>
        <source>List of receipts</source>
        <translation>Daftar tanda terima</translation>
    </message>
    <message>
        <source>2 certificates a sheet</source>
        <translation>2 sertifikat per lembar</translation>
    </message>
    <message>
        <source>1 certificate a sheet</source>
        <translation>1 sertifikat per lembar</translation>
    </message>
    <message>
        <source>8 cards a sheet</source>
        <translation>8 kartu per lembar</translation>
    </message>
    <message>
        <source>A4</source>
        <translation>A4</translation>
    </message>
    <message>
        <source>F4 / Folio</source>
        <translation>F4 / Folio</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Letter</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Cetak</translation>
    </message>
    <message>
        <source>Save PDF</source>
        <translation>Simpan PDF</translation>
    </message>
    <message>
        <source>End-of-day sheet</source>
        <translation>Lembar akhir hari</translation>
    </message>
    <message>
        <source>Stop printing</source>
        <translation>Hentikan cetak</translation>
    </message>
    <message>
        <source>Printing</source>
        <translation>Cetak</translation>
    </message>
    <message>
        <source>P&amp;rinter</source>
        <translation>P&amp;rinter</translation>
    </message>
    <message>
        <source>La&amp;yout</source>
        <translation>S&amp;usunan</translation>
    </message>
    <message>
        <source>&amp;Paper</source>
        <translation>&amp;Kertas</translation>
    </message>
    <message>
        <source>No printer on this laptop</source>
        <translation>Belum ada printer di laptop ini</translation>
    </message>
    <message>
        <source>Nobody chosen</source>
        <translation>Belum ada yang dipilih</translation>
    </message>
    <message>
        <source>Tick the officers at the left.</source>
        <translation>Centang petugas di sebelah kiri.</translation>
    </message>
    <message>
        <source>{count} sheets of {paper}</source>
        <translation>{count} lembar {paper}</translation>
    </message>
    <message>
        <source>{count} certificates</source>
        <translation>{count} sertifikat</translation>
    </message>
    <message>
        <source>a copy of each for the archive</source>
        <translation>salinannya untuk arsip</translation>
    </message>
    <message>
        <source>the list of receipts for the officers to sign</source>
        <translation>daftar tanda terima untuk ditandatangani petugas</translation>
    </message>
    <message>
        <source>Sending sheet {number} of {count}</source>
        <translation>Mengirim lembar {number} dari {count} ke printer</translation>
    </message>
    <message>
        <source>Print {count} certificates</source>
        <translation>Cetak {count} sertifikat</translation>
    </message>
</context>
<context>
    <name>CodeEdit</name>
    <message>
        <source>Type the activation code of the kit.</source>
        <translation>Ketik kode aktivasi berkas penyiapan ini.</translation>
    </message>
    <message>
        <source>These stand in no code: {letters}. Look at the letter again.</source>
        <translation>Ini tidak ada dalam kode mana pun: {letters}. Lihat lagi surat dari kantor.</translation>
    </message>
    <message>
        <source>The code has 16 letters and figures; so far {count}.</source>
        <translation>Kode terdiri atas 16 huruf dan angka; baru {count}.</translation>
    </message>
</context>
<context>
    <name>Device</name>
    <message>
        <source>This laptop</source>
        <translation>Laptop ini</translation>
    </message>
    <message>
        <source>Where to save the recovery card</source>
        <translation>Tempat menyimpan kartu pemulihan</translation>
    </message>
    <message>
        <source>Save the recovery card…</source>
        <translation>Simpan kartu pemulihan…</translation>
    </message>
    <message>
        <source>Use this kit</source>
        <translation>Pakai berkas ini</translation>
    </message>
    <message>
        <source>This laptop was restored. It sends and prints again once it has a new kit of the office.</source>
        <translation>Laptop ini hasil pemulihan. Setelah mendapat berkas penyiapan baru dari kantor, laptop ini dapat mengirim dan mencetak lagi.</translation>
    </message>
    <message>
        <source>A new kit is needed only when the office asks for it, or after restoring a backup.</source>
        <translation>Berkas baru hanya perlu bila kantor memintanya atau sesudah cadangan dipulihkan.</translation>
    </message>
    <message>
        <source>The recovery card</source>
        <translation>Kartu pemulihan</translation>
    </message>
    <message>
        <source>It says what to do when a passphrase is forgotten. Print it and keep it apart from the laptop.</source>
        <translation>Kartu ini menjelaskan apa yang dilakukan bila kata sandi terlupa. Cetak dan simpan terpisah dari laptop.</translation>
    </message>
    <message>
        <source>A new kit</source>
        <translation>Berkas penyiapan baru</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>Kantor</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Hubungi</translation>
    </message>
    <message>
        <source>Serves</source>
        <translation>Melayani</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Pemilihan</translation>
    </message>
    <message>
        <source>Mark of the laptop</source>
        <translation>Tanda laptop</translation>
    </message>
    <message>
        <source>May send until</source>
        <translation>Boleh mengirim sampai</translation>
    </message>
    <message>
        <source>Payung</source>
        <translation>Payung</translation>
    </message>
    <message>
        <source>The card lies at {path}.</source>
        <translation>Kartu ada di {path}.</translation>
    </message>
    <message>
        <source>Choose the file of the kit first.</source>
        <translation>Pilih berkas penyiapannya dulu.</translation>
    </message>
    <message>
        <source>The new kit holds. Open Payung with your passphrase; what waits is sent by itself.</source>
        <translation>Berkas penyiapan baru berlaku. Buka Payung dengan kata sandi Anda; yang menunggu dikirim sendiri.</translation>
    </message>
</context>
<context>
    <name>Discarding</name>
    <message>
        <source>no name yet</source>
        <translation>belum ada nama</translation>
    </message>
    <message>
        <source>Draft discarded: {name}</source>
        <translation>Draf dibuang: {name}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Urungkan</translation>
    </message>
    <message>
        <source>There is a discarded draft: {name}</source>
        <translation>Ada draf yang dibuang: {name}</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Kembalikan</translation>
    </message>
    <message>
        <source>Discarded {when}. It can be taken back for 7 days.</source>
        <translation>Dibuang {when}. Dapat dikembalikan selama 7 hari.</translation>
    </message>
    <message>
        <source>Another ({place} of {total})</source>
        <translation>Yang lain ({place} dari {total})</translation>
    </message>
</context>
<context>
    <name>Enrolling</name>
    <message>
        <source>Enrolment</source>
        <translation>Pendaftaran</translation>
    </message>
    <message>
        <source>Key every NIK</source>
        <translation>Ketik setiap NIK</translation>
    </message>
    <message>
        <source>Once</source>
        <translation>Sekali</translation>
    </message>
    <message>
        <source>Twice</source>
        <translation>Dua kali</translation>
    </message>
    <message>
        <source>Keying a NIK twice finds slips that no rule can find. It takes sixteen more keys for each.</source>
        <translation>NIK yang diketik dua kali menemukan salah ketik yang tidak terlihat oleh aturan mana pun. Perlu 16 ketukan lagi untuk setiap petugas.</translation>
    </message>
    <message>
        <source>Where several laptops serve one queue, each has a letter of its own: A-012 here, B-007 there.</source>
        <translation>Bila beberapa laptop melayani satu antrean, setiap laptop memakai huruf sendiri: A-012 di sini, B-007 di sana.</translation>
    </message>
    <message>
        <source>Letter of the queue numbers</source>
        <translation>Huruf nomor antrean</translation>
    </message>
    <message>
        <source>Kept. It holds from the next officer on.</source>
        <translation>Tersimpan. Berlaku mulai petugas berikutnya.</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>And {count} more of the kind.</source>
        <translation>Dan {count} hal lain.</translation>
    </message>
    <message>
        <source>Some of the data on this laptop are damaged. What is typed is still kept.</source>
        <translation>Sebagian data di laptop ini rusak. Yang Anda ketik tetap disimpan.</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Mengerti</translation>
    </message>
    <message>
        <source>See what can be done</source>
        <translation>Lihat jalan keluarnya</translation>
    </message>
    <message>
        <source>About this laptop</source>
        <translation>Tentang laptop ini</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>Buka Pengaturan</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Lanjut</translation>
    </message>
    <message>
        <source>Help (F1)</source>
        <translation>Bantuan (F1)</translation>
    </message>
    <message>
        <source>First steps on this laptop</source>
        <translation>Langkah pertama di laptop ini</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>Berkas penyiapan</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Petugas</translation>
    </message>
    <message>
        <source>Recovery card</source>
        <translation>Kartu pemulihan</translation>
    </message>
    <message>
        <source>Practice</source>
        <translation>Latihan</translation>
    </message>
    <message>
        <source>Page {number} of 4: {name}</source>
        <translation>Halaman {number} dari 4: {name}</translation>
    </message>
    <message>
        <source>A moment…</source>
        <translation>Sebentar…</translation>
    </message>
</context>
<context>
    <name>FormPlace</name>
    <message>
        <source>{place} of {total}</source>
        <translation>{place} dari {total}</translation>
    </message>
    <message>
        <source>Save &amp; print the certificate</source>
        <translation>Simpan &amp; cetak sertifikat</translation>
    </message>
    <message>
        <source>Save &amp; print certificates</source>
        <translation>Simpan &amp; cetak sertifikat</translation>
    </message>
    <message>
        <source>Save &amp; go on to {seat}</source>
        <translation>Simpan &amp; lanjut ke {seat}</translation>
    </message>
</context>
<context>
    <name>Former</name>
    <message>
        <source>resigned</source>
        <translation>mengundurkan diri</translation>
    </message>
    <message>
        <source>dismissed</source>
        <translation>diberhentikan</translation>
    </message>
    <message>
        <source>died</source>
        <translation>meninggal</translation>
    </message>
    <message>
        <source>unable to serve</source>
        <translation>berhalangan tetap</translation>
    </message>
    <message>
        <source>withdrawn {day}: {reason}</source>
        <translation>dicabut {day}: {reason}</translation>
    </message>
    <message>
        <source>{cause}, last day {day}</source>
        <translation>{cause}, hari terakhir {day}</translation>
    </message>
</context>
<context>
    <name>FormerFold</name>
    <message>
        <source>Served here before: {count}</source>
        <translation>Pernah bertugas: {count}</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Keys on this page</source>
        <translation>Tombol di halaman ini</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Semua tombol</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Di mana saja</translation>
    </message>
    <message>
        <source>In the open window</source>
        <translation>Setelah Payung terbuka</translation>
    </message>
    <message>
        <source>No keys of its own: Tab, the arrow keys, Space and Enter do it all.</source>
        <translation>Halaman ini cukup dengan Tab, tombol panah, Spasi, dan Enter.</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Tombol</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Gunanya</translation>
    </message>
</context>
<context>
    <name>HelpPanel</name>
    <message>
        <source>Help</source>
        <translation>Bantuan</translation>
    </message>
    <message>
        <source>Help for this page</source>
        <translation>Bantuan untuk halaman ini</translation>
    </message>
    <message>
        <source>Close the help (Esc)</source>
        <translation>Tutup bantuan (Esc)</translation>
    </message>
</context>
<context>
    <name>Hero</name>
    <message>
        <source>Try to send now</source>
        <translation>Coba kirim sekarang</translation>
    </message>
    <message>
        <source>{count} records wait to be sent</source>
        <translation>{count} data menunggu dikirim</translation>
    </message>
    <message>
        <source>Everything is with the office</source>
        <translation>Semua data sudah diterima kantor</translation>
    </message>
    <message>
        <source>Nothing waits to be sent</source>
        <translation>Tidak ada yang menunggu dikirim</translation>
    </message>
    <message>
        <source>Sending now. You may go on working.</source>
        <translation>Sedang mengirim. Anda boleh terus bekerja.</translation>
    </message>
    <message>
        <source>The last receipt came {when}.</source>
        <translation>Tanda terima terakhir datang {when}.</translation>
    </message>
    <message>
        <source>Complete officers are sent by themselves; there is nothing you must do.</source>
        <translation>Petugas yang lengkap terkirim sendiri; tidak ada yang perlu Anda lakukan.</translation>
    </message>
    <message>
        <source>Your data are safe on this laptop and go by themselves once there is a line.</source>
        <translation>Data aman di laptop ini dan akan terkirim sendiri begitu tersambung.</translation>
    </message>
    <message>
        <source>You may go on working.</source>
        <translation>Anda boleh terus bekerja.</translation>
    </message>
    <message>
        <source>There is no internet just now.</source>
        <translation>Sedang tidak ada internet.</translation>
    </message>
    <message>
        <source>The office&apos;s server does not answer yet.</source>
        <translation>Server kantor belum menjawab.</translation>
    </message>
</context>
<context>
    <name>HitList</name>
    <message>
        <source>What was found</source>
        <translation>Yang ditemukan</translation>
    </message>
    <message>
        <source>Nobody found. Try part of the name, or four figures of the NIK.</source>
        <translation>Tidak ditemukan. Coba sebagian nama, atau empat angka NIK.</translation>
    </message>
</context>
<context>
    <name>Home</name>
    <message>
        <source>{count} records in two versions</source>
        <translation>{count} data punya dua versi</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Bandingkan</translation>
    </message>
    <message>
        <source>{count} NIK entered twice</source>
        <translation>{count} NIK ganda</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Periksa</translation>
    </message>
    <message>
        <source>{count} records not taken by the office</source>
        <translation>{count} data dikembalikan kantor</translation>
    </message>
    <message>
        <source>Mend</source>
        <translation>Perbaiki</translation>
    </message>
    <message>
        <source>{count} records not complete</source>
        <translation>{count} data belum lengkap</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Lengkapi</translation>
    </message>
    <message>
        <source>{count} records wait to be sent</source>
        <translation>{count} data menunggu kirim</translation>
    </message>
    <message>
        <source>The oldest for {days} days. A USB stick works without internet.</source>
        <translation>Paling lama {days} hari. Flashdisk bisa dipakai tanpa internet.</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Kirim</translation>
    </message>
    <message>
        <source>No backup yet</source>
        <translation>Belum ada cadangan</translation>
    </message>
    <message>
        <source>Keep a copy on a USB stick</source>
        <translation>Simpan salinan di flashdisk</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>Cadangkan</translation>
    </message>
    <message>
        <source>Last backup {days} days ago</source>
        <translation>Cadangan terakhir {days} hari lalu</translation>
    </message>
    <message>
        <source>Keep an encrypted copy</source>
        <translation>Simpan salinan terenkripsi</translation>
    </message>
    <message>
        <source>{count} certificates ready to print</source>
        <translation>{count} sertifikat siap cetak</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Cetak</translation>
    </message>
    <message>
        <source>{places} and others</source>
        <translation>{places}, dan lainnya</translation>
    </message>
    <message>
        <source>today {clock}</source>
        <translation>hari ini {clock}</translation>
    </message>
    <message>
        <source>yesterday {clock}</source>
        <translation>kemarin {clock}</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Completeness by polling station</source>
        <translation>Kelengkapan per TPS</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Sedang menghitung…</translation>
    </message>
    <message>
        <source>{days} days until the term of {body} begins on {day}</source>
        <translation>tersisa {days} hari sampai masa kerja {body} mulai {day}</translation>
    </message>
    <message>
        <source>Good morning</source>
        <translation>Selamat pagi</translation>
    </message>
    <message>
        <source>Good day</source>
        <translation>Selamat siang</translation>
    </message>
    <message>
        <source>Good afternoon</source>
        <translation>Selamat sore</translation>
    </message>
    <message>
        <source>Good evening</source>
        <translation>Selamat malam</translation>
    </message>
    <message>
        <source>of {total} ({count} polling stations)</source>
        <translation>dari {total} ({count} TPS)</translation>
    </message>
    <message>
        <source>officers entered</source>
        <translation>petugas terisi</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>belum pernah terkirim</translation>
    </message>
    <message>
        <source>already sent</source>
        <translation>sudah terkirim</translation>
    </message>
    <message>
        <source>last {when}</source>
        <translation>terakhir {when}</translation>
    </message>
    <message>
        <source>sent when there is internet</source>
        <translation>akan dikirim saat ada internet</translation>
    </message>
    <message>
        <source>everything is sent</source>
        <translation>tidak ada yang tertinggal</translation>
    </message>
    <message>
        <source>waiting to be sent</source>
        <translation>menunggu kirim</translation>
    </message>
    <message>
        <source>{office} asked by the office · {drafts} not complete</source>
        <translation>{office} dari kantor · {drafts} belum lengkap</translation>
    </message>
    <message>
        <source>nothing is open</source>
        <translation>tidak ada saat ini</translation>
    </message>
    <message>
        <source>to be mended</source>
        <translation>perlu diperbaiki</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Terkirim</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Menunggu</translation>
    </message>
    <message>
        <source>To mend</source>
        <translation>Perbaiki</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Kosong</translation>
    </message>
    <message>
        <source>{place} · {count} polling stations</source>
        <translation>{place} · {count} TPS</translation>
    </message>
    <message>
        <source>No polling stations yet. Get the set-up file from the kecamatan.</source>
        <translation>Belum ada TPS. Ambil berkas penyiapan dari kecamatan.</translation>
    </message>
    <message>
        <source>Next: {place}</source>
        <translation>Berikutnya: {place}</translation>
    </message>
    <message>
        <source>Nothing is half typed</source>
        <translation>Tidak ada ketikan yang belum selesai</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Mulai mengisi</translation>
    </message>
    <message>
        <source>Draft {who}. Typed {when}, kept safe.</source>
        <translation>Draf {who}. Diketik {when}, tersimpan aman.</translation>
    </message>
    <message>
        <source>Go on with the last work</source>
        <translation>Lanjutkan pekerjaan terakhir</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Lanjutkan</translation>
    </message>
</context>
<context>
    <name>ImportCheck</name>
    <message>
        <source>Save the list of reasons…</source>
        <translation>Simpan daftar perbaikan…</translation>
    </message>
    <message>
        <source>3  Check</source>
        <translation>3  Periksa</translation>
    </message>
    <message>
        <source>Rows of the list</source>
        <translation>Baris daftar</translation>
    </message>
    <message>
        <source>Enter corrects the cell.</source>
        <translation>Enter untuk memperbaiki isi kotak.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Semua</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Baru</translation>
    </message>
    <message>
        <source>Already here</source>
        <translation>Sudah ada</translation>
    </message>
    <message>
        <source>To be mended</source>
        <translation>Perlu diperbaiki</translation>
    </message>
    <message>
        <source>Take in {count} records</source>
        <translation>Masukkan {count} data</translation>
    </message>
    <message>
        <source>Nothing to take in</source>
        <translation>Belum ada yang dapat masuk</translation>
    </message>
</context>
<context>
    <name>ImportColumns</name>
    <message>
        <source>Change columns</source>
        <translation>Ubah kolom</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Lembar</translation>
    </message>
    <message>
        <source>Village where the list names none</source>
        <translation>Desa/Kelurahan bila tidak disebut daftar</translation>
    </message>
    <message>
        <source>Post where the list names none</source>
        <translation>Jabatan bila tidak disebut daftar</translation>
    </message>
    <message>
        <source>TPS where the list names none</source>
        <translation>TPS bila tidak disebut daftar</translation>
    </message>
    <message>
        <source>2  Match columns</source>
        <translation>2  Cocokkan kolom</translation>
    </message>
    <message>
        <source>Where the list says nothing:</source>
        <translation>Bila daftar tidak menyebut:</translation>
    </message>
    <message>
        <source>Village: as the list says</source>
        <translation>Desa/Kel.: sesuai daftar</translation>
    </message>
    <message>
        <source>Post: as the list says</source>
        <translation>Jabatan: sesuai daftar</translation>
    </message>
    <message>
        <source>TPS: as the list says</source>
        <translation>TPS: sesuai daftar</translation>
    </message>
    <message>
        <source>Hide columns</source>
        <translation>Tutup kolom</translation>
    </message>
    <message>
        <source>Column {letter}</source>
        <translation>Kolom {letter}</translation>
    </message>
    <message>
        <source>What column {name} holds</source>
        <translation>Isi kolom {name}</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>Tidak dipakai</translation>
    </message>
    <message>
        <source>Recognised: {fields}.</source>
        <translation>Dikenali: {fields}.</translation>
    </message>
    <message>
        <source>As last time: {fields}.</source>
        <translation>Seperti terakhir kali: {fields}.</translation>
    </message>
    <message>
        <source>Choose what each column holds, first NIK and name.</source>
        <translation>Pilih isi tiap kolom, mulai dari NIK dan nama.</translation>
    </message>
</context>
<context>
    <name>ImportFields</name>
    <message>
        <source>NIK</source>
        <translation>NIK</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Jabatan</translation>
    </message>
    <message>
        <source>TPS</source>
        <translation>TPS</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>Desa/Kelurahan</translation>
    </message>
    <message>
        <source>Kecamatan</source>
        <translation>Kecamatan</translation>
    </message>
    <message>
        <source>Place and date of birth</source>
        <translation>Tempat dan tanggal lahir</translation>
    </message>
    <message>
        <source>Place of birth</source>
        <translation>Tempat lahir</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Tanggal lahir</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Jenis kelamin</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>No. HP</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Alamat</translation>
    </message>
    <message>
        <source>RT/RW</source>
        <translation>RT/RW</translation>
    </message>
    <message>
        <source>RT</source>
        <translation>RT</translation>
    </message>
    <message>
        <source>RW</source>
        <translation>RW</translation>
    </message>
    <message>
        <source>Mother&apos;s name</source>
        <translation>Nama ibu kandung</translation>
    </message>
    <message>
        <source>Married</source>
        <translation>Status kawin</translation>
    </message>
    <message>
        <source>Blood group</source>
        <translation>Golongan darah</translation>
    </message>
    <message>
        <source>Postcode</source>
        <translation>Kode pos</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>Surel</translation>
    </message>
    <message>
        <source>KPJ</source>
        <translation>KPJ</translation>
    </message>
    <message>
        <source>Decree number</source>
        <translation>Nomor SK</translation>
    </message>
    <message>
        <source>Decree date</source>
        <translation>Tanggal SK</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Choose a file…</source>
        <translation>Pilih berkas…</translation>
    </message>
    <message>
        <source>Paste a table</source>
        <translation>Tempel tabel</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Hentikan</translation>
    </message>
    <message>
        <source>1  Choose a list</source>
        <translation>1  Pilih daftar</translation>
    </message>
    <message>
        <source>How far the work is</source>
        <translation>Kemajuan pekerjaan</translation>
    </message>
    <message>
        <source>Excel, LibreOffice or CSV. Drop a file here, or paste a table you copied.</source>
        <translation>Excel, LibreOffice, atau CSV. Letakkan berkas di sini, atau tempel tabel yang Anda salin.</translation>
    </message>
    <message>
        <source>Lists (*.xlsx *.xls *.ods *.csv *.txt *.tsv);;All files (*)</source>
        <translation>Daftar (*.xlsx *.xls *.ods *.csv *.txt *.tsv);;Semua berkas (*)</translation>
    </message>
    <message>
        <source>Choose a list of officers</source>
        <translation>Pilih daftar petugas</translation>
    </message>
    <message>
        <source>Copy the rows in Excel with their headings, then press Ctrl+V here.</source>
        <translation>Salin baris beserta judul kolomnya di Excel, lalu tekan Ctrl+V di sini.</translation>
    </message>
    <message>
        <source>No table was copied yet</source>
        <translation>Belum ada tabel yang disalin</translation>
    </message>
    <message>
        <source>{count} rows stayed out and stand below.</source>
        <translation>{count} baris belum masuk dan tertulis di bawah.</translation>
    </message>
    <message>
        <source>Every row came in.</source>
        <translation>Semua baris masuk.</translation>
    </message>
    <message>
        <source>{count} records came in</source>
        <translation>{count} data masuk</translation>
    </message>
    <message>
        <source>Take the import back</source>
        <translation>Batalkan impor</translation>
    </message>
    <message>
        <source>Another list</source>
        <translation>Daftar lain</translation>
    </message>
    <message>
        <source>Take {count} records out again?</source>
        <translation>Keluarkan lagi {count} data?</translation>
    </message>
    <message>
        <source>What was changed, sent or printed since stays. The list itself is not touched.</source>
        <translation>Yang sudah diubah, dikirim, atau dicetak tetap ada. Berkas daftarnya tidak berubah.</translation>
    </message>
    <message>
        <source>Yes, take them out</source>
        <translation>Ya, keluarkan</translation>
    </message>
    <message>
        <source>No, keep them</source>
        <translation>Tidak, biarkan</translation>
    </message>
    <message>
        <source>{count} records were taken out again</source>
        <translation>{count} data dikeluarkan lagi</translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation>Dan {count} lagi.</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Mengerti</translation>
    </message>
    <message>
        <source>Last import: {count} records, {day} {time}. Take back</source>
        <translation>Impor terakhir: {count} data, {day} {time}. Batalkan</translation>
    </message>
    <message>
        <source>Excel (*.xlsx);;CSV (*.csv)</source>
        <translation>Excel (*.xlsx);;CSV (*.csv)</translation>
    </message>
    <message>
        <source>rows to mend.xlsx</source>
        <translation>baris perlu diperbaiki.xlsx</translation>
    </message>
    <message>
        <source>Save the list of reasons</source>
        <translation>Simpan daftar perbaikan</translation>
    </message>
    <message>
        <source>The list was saved</source>
        <translation>Daftar sudah disimpan</translation>
    </message>
    <message>
        <source>{done} of {total} rows</source>
        <translation>{done} dari {total} baris</translation>
    </message>
    <message>
        <source>A moment…</source>
        <translation>Sebentar…</translation>
    </message>
</context>
<context>
    <name>ImportTable</name>
    <message>
        <source>Row</source>
        <translation>Baris</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>TPS</source>
        <translation>TPS</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Jabatan</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>NIK</source>
        <translation>NIK</translation>
    </message>
    <message>
        <source>Place of birth</source>
        <translation>Tempat lahir</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Tgl lahir</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>L/P</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>No. HP</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Keterangan</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Baru</translation>
    </message>
    <message>
        <source>Already here</source>
        <translation>Sudah ada</translation>
    </message>
    <message>
        <source>To be mended</source>
        <translation>Perlu diperbaiki</translation>
    </message>
    <message>
        <source>New, compare</source>
        <translation>Baru, cocokkan</translation>
    </message>
    <message>
        <source>This officer already serves there on this laptop.</source>
        <translation>Petugas ini sudah terdaftar di tempat itu di laptop ini.</translation>
    </message>
</context>
<context>
    <name>ImportWork</name>
    <message>
        <source>Pasted table</source>
        <translation>Tabel tempelan</translation>
    </message>
</context>
<context>
    <name>InternetCard</name>
    <message>
        <source>Server address…</source>
        <translation>Atur alamat server…</translation>
    </message>
    <message>
        <source>Not tried yet</source>
        <translation>Belum dicoba</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Mengirim</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Tersambung</translation>
    </message>
    <message>
        <source>No line</source>
        <translation>Terputus</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>Belum dijawab</translation>
    </message>
    <message>
        <source>Ask the office</source>
        <translation>Tanyakan ke kantor</translation>
    </message>
    <message>
        <source>It is tried again by itself at {at}.</source>
        <translation>Dicoba lagi sendiri pukul {at}.</translation>
    </message>
    <message>
        <source>About {size} KB: {minutes} minutes of a weak mobile signal.</source>
        <translation>Perkiraan {size} KB, cukup sinyal 2G selama {minutes} menit.</translation>
    </message>
    <message>
        <source>Payung sends by itself every few minutes.</source>
        <translation>Payung mengirim sendiri setiap beberapa menit.</translation>
    </message>
</context>
<context>
    <name>Judge</name>
    <message>
        <source>TPS {number}</source>
        <translation>TPS {number}</translation>
    </message>
    <message>
        <source>This NIK is already enrolled: {name}, {place}.</source>
        <translation>NIK ini sudah terdaftar: {name}, {place}.</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Lihat</translation>
    </message>
    <message>
        <source>Move here</source>
        <translation>Pindahkan ke sini</translation>
    </message>
    <message>
        <source>Mistake: {0}</source>
        <translation>Kesalahan: {0}</translation>
    </message>
    <message>
        <source>One thing must be mended before saving</source>
        <translation>Satu hal perlu diperbaiki sebelum disimpan</translation>
    </message>
    <message>
        <source>{count} things must be mended before saving</source>
        <translation>{count} hal perlu diperbaiki sebelum disimpan</translation>
    </message>
    <message>
        <source>Read from the NIK: &lt;b&gt;{sex}&lt;/b&gt;, born &lt;b&gt;{born}&lt;/b&gt;</source>
        <translation>Terbaca dari NIK: &lt;b&gt;{sex}&lt;/b&gt;, lahir &lt;b&gt;{born}&lt;/b&gt;</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>Laki-laki</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>Perempuan</translation>
    </message>
    <message>
        <source> · first registered in {place}</source>
        <translation> · terdaftar pertama di {place}</translation>
    </message>
</context>
<context>
    <name>KitChoice</name>
    <message>
        <source>Choose the office&apos;s kit…</source>
        <translation>Pilih berkas penyiapan…</translation>
    </message>
    <message>
        <source>Activation code</source>
        <translation>Kode aktivasi</translation>
    </message>
    <message>
        <source>from the office&apos;s letter</source>
        <translation>dari surat kantor</translation>
    </message>
    <message>
        <source>Type the activation code of the kit.</source>
        <translation>Ketik kode aktivasi berkas ini.</translation>
    </message>
    <message>
        <source>The office&apos;s kit</source>
        <translation>Berkas penyiapan dari kantor</translation>
    </message>
</context>
<context>
    <name>KitStep</name>
    <message>
        <source>The kit from your office</source>
        <translation>Berkas penyiapan dari kantor</translation>
    </message>
    <message>
        <source>Choose the kit&apos;s file…</source>
        <translation>Pilih berkas penyiapan…</translation>
    </message>
    <message>
        <source>&amp;Activation code</source>
        <translation>Kode &amp;aktivasi</translation>
    </message>
    <message>
        <source>from the office&apos;s letter</source>
        <translation>dari surat kantor</translation>
    </message>
    <message>
        <source>Try first without a kit</source>
        <translation>Coba dulu tanpa berkas penyiapan</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>Pulihkan cadangan</translation>
    </message>
    <message>
        <source>Plug in the stick from the kecamatan, or choose the file you were given. It names your village and its polling stations. No internet is needed.</source>
        <translation>Colokkan flashdisk dari kecamatan, atau pilih berkas yang Anda terima. Di dalamnya ada desa Anda dan daftar TPS. Tidak perlu internet.</translation>
    </message>
    <message>
        <source>Choose the kit&apos;s file first.</source>
        <translation>Pilih berkas penyiapan dahulu.</translation>
    </message>
    <message>
        <source>Use {file} from the stick {stick}</source>
        <translation>Pakai {file} dari flashdisk {stick}</translation>
    </message>
    <message>
        <source>File: {name}</source>
        <translation>Berkas: {name}</translation>
    </message>
    <message>
        <source>{count} polling stations (TPS)</source>
        <translation>{count} TPS</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>Kantor</translation>
    </message>
    <message>
        <source>Contact</source>
        <translation>Kontak</translation>
    </message>
    <message>
        <source>Serves</source>
        <translation>Melayani</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Dengan</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Kegiatan</translation>
    </message>
    <message>
        <source>Holds until</source>
        <translation>Berlaku sampai</translation>
    </message>
    <message>
        <source>Kits of Payung (*.payung-kit);;All files (*)</source>
        <translation>Berkas penyiapan Payung (*.payung-kit);;Semua berkas (*)</translation>
    </message>
</context>
<context>
    <name>Locking</name>
    <message>
        <source>Locking</source>
        <translation>Penguncian</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>menit</translation>
    </message>
    <message>
        <source>Lock after so many minutes without a key</source>
        <translation>Kunci setelah sekian menit tanpa ketikan</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Payung also locks when the laptop sleeps or its screen is locked, and with Ctrl+K. What you have typed is kept.</source>
        <translation>Payung juga terkunci saat laptop tidur atau layarnya dikunci, dan dengan Ctrl+K. Isian Anda tetap disimpan.</translation>
    </message>
    <message>
        <source>Payung locks after {minutes} minutes.</source>
        <translation>Payung terkunci setelah {minutes} menit.</translation>
    </message>
</context>
<context>
    <name>MatterList</name>
    <message>
        <source>To be looked at</source>
        <translation>Perlu diperiksa</translation>
    </message>
    <message>
        <source>The office has a question about these records</source>
        <translation>Kantor bertanya tentang data ini</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Pages</source>
        <translation>Halaman</translation>
    </message>
    <message>
        <source>{page}, {count} waiting</source>
        <translation>{page}, {count} menunggu</translation>
    </message>
</context>
<context>
    <name>OfficerBody</name>
    <message>
        <source>Data for BPJS</source>
        <translation>Data untuk BPJS</translation>
    </message>
    <message>
        <source>Decree number and date</source>
        <translation>Nomor &amp; tanggal SK</translation>
    </message>
</context>
<context>
    <name>OfficerDesk</name>
    <message>
        <source>This record has been sent</source>
        <translation>Data ini sudah terkirim</translation>
    </message>
    <message>
        <source>The office has confirmed it.</source>
        <translation>Kantor sudah mengirim tanda terima.</translation>
    </message>
    <message>
        <source>Correct it</source>
        <translation>Perbaiki data</translation>
    </message>
    <message>
        <source>Replace the officer…</source>
        <translation>Ganti petugas…</translation>
    </message>
    <message>
        <source>Replacement of {name}</source>
        <translation>Penggantian {name}</translation>
    </message>
    <message>
        <source>Say why and when this officer leaves, then fill in the successor, who begins the day after.</source>
        <translation>Isi alasan dan hari terakhir petugas ini, lalu data penggantinya. Pengganti mulai sehari sesudahnya.</translation>
    </message>
    <message>
        <source>Do not replace</source>
        <translation>Tidak jadi diganti</translation>
    </message>
    <message>
        <source>Decree {number}</source>
        <translation>SK {number}</translation>
    </message>
    <message>
        <source>Decree number and date</source>
        <translation>Nomor &amp; tanggal SK</translation>
    </message>
    <message>
        <source>Typing kept by itself {time}</source>
        <translation>Ketikan tersimpan otomatis {time}</translation>
    </message>
</context>
<context>
    <name>OfficerFields</name>
    <message>
        <source>16 figures, as on the KTP</source>
        <translation>16 angka, seperti di KTP</translation>
    </message>
    <message>
        <source>&amp;NIK</source>
        <translation>&amp;NIK</translation>
    </message>
    <message>
        <source>Full n&amp;ame</source>
        <translation>N&amp;ama lengkap</translation>
    </message>
    <message>
        <source>as on the KTP</source>
        <translation>sesuai KTP</translation>
    </message>
    <message>
        <source>&amp;Place of birth</source>
        <translation>Tem&amp;pat lahir</translation>
    </message>
    <message>
        <source>Date of bi&amp;rth</source>
        <translation>Tan&amp;ggal lahir</translation>
    </message>
    <message>
        <source>dd-mm-yyyy</source>
        <translation>hh-bb-tttt</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Jenis kelamin</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>Laki-laki</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>Perempuan</translation>
    </message>
    <message>
        <source>P&amp;hone</source>
        <translation>No. &amp;HP</translation>
    </message>
    <message>
        <source>may be empty</source>
        <translation>boleh kosong</translation>
    </message>
    <message>
        <source>RT/R&amp;W</source>
        <translation>RT/R&amp;W</translation>
    </message>
    <message>
        <source>Village</source>
        <translation>Desa/Kelurahan</translation>
    </message>
    <message>
        <source>Mother&apos;s maiden name</source>
        <translation>Nama ibu kandung</translation>
    </message>
    <message>
        <source>Marital status</source>
        <translation>Status kawin</translation>
    </message>
    <message>
        <source>Married</source>
        <translation>Kawin</translation>
    </message>
    <message>
        <source>Not married</source>
        <translation>Belum/tidak kawin</translation>
    </message>
    <message>
        <source>Blood group</source>
        <translation>Golongan darah</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Alamat</translation>
    </message>
    <message>
        <source>Postcode</source>
        <translation>Kode pos</translation>
    </message>
    <message>
        <source>Civil servant (ASN)</source>
        <translation>Pegawai ASN</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ya</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Tidak</translation>
    </message>
    <message>
        <source>Decree number</source>
        <translation>Nomor SK</translation>
    </message>
    <message>
        <source>Decree date</source>
        <translation>Tanggal SK</translation>
    </message>
    <message>
        <source>Reason for the correction</source>
        <translation>Alasan perbaikan</translation>
    </message>
    <message>
        <source>Resigned</source>
        <translation>Mengundurkan diri</translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation>Diberhentikan</translation>
    </message>
    <message>
        <source>Died</source>
        <translation>Meninggal</translation>
    </message>
    <message>
        <source>Unable to serve</source>
        <translation>Berhalangan tetap</translation>
    </message>
    <message>
        <source>Why the officer leaves</source>
        <translation>Alasan petugas berhenti</translation>
    </message>
    <message>
        <source>Last day of service</source>
        <translation>Hari terakhir bertugas</translation>
    </message>
</context>
<context>
    <name>OfficerForm</name>
    <message>
        <source>Officer</source>
        <translation>Petugas</translation>
    </message>
    <message>
        <source>Previous officer</source>
        <translation>Petugas sebelumnya</translation>
    </message>
    <message>
        <source>Next officer</source>
        <translation>Petugas berikutnya</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Discard draft</source>
        <translation>Buang draf</translation>
    </message>
</context>
<context>
    <name>OfficerList</name>
    <message>
        <source>Place</source>
        <translation>Tempat</translation>
    </message>
    <message>
        <source>Officers who get a certificate</source>
        <translation>Petugas yang mendapat sertifikat</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Pilih semua</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Semua</translation>
    </message>
    <message>
        <source>Not printed</source>
        <translation>Belum dicetak</translation>
    </message>
    <message>
        <source>No complete data here yet. Complete the officers first.</source>
        <translation>Belum ada data lengkap di sini. Lengkapi data petugas dulu.</translation>
    </message>
    <message>
        <source>Choose officers</source>
        <translation>Pilih petugas</translation>
    </message>
    <message>
        <source>{count} chosen</source>
        <translation>{count} dipilih</translation>
    </message>
    <message>
        <source>Select none</source>
        <translation>Kosongkan pilihan</translation>
    </message>
</context>
<context>
    <name>OperatorStep</name>
    <message>
        <source>Your name and your passphrase</source>
        <translation>Nama dan kata sandi Anda</translation>
    </message>
    <message>
        <source>&amp;Your name</source>
        <translation>&amp;Nama Anda</translation>
    </message>
    <message>
        <source>as colleagues know you</source>
        <translation>seperti dikenal rekan kerja</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Kata sandi</translation>
    </message>
    <message>
        <source>The passphrase locks all data on this laptop. Several words are easy to remember and hard to guess. A PIN is not enough.</source>
        <translation>Kata sandi mengunci semua data di laptop ini. Beberapa kata mudah diingat dan sulit ditebak. PIN tidak cukup.</translation>
    </message>
    <message>
        <source>Type your name.</source>
        <translation>Ketik nama Anda.</translation>
    </message>
</context>
<context>
    <name>PacketList</name>
    <message>
        <source>Outbox</source>
        <translation>Kotak keluar</translation>
    </message>
    <message>
        <source>Every packet may be sent again: nobody is recorded twice</source>
        <translation>Setiap paket aman dikirim ulang: tidak akan tercatat dua kali</translation>
    </message>
    <message>
        <source>No packet yet. Complete officers are put into packets and sent by themselves.</source>
        <translation>Belum ada paket. Petugas yang lengkap dipaketkan dan terkirim sendiri.</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Home</source>
        <translation>Beranda</translation>
    </message>
    <message>
        <source>Enrolment</source>
        <translation>Pendaftaran</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>Sertifikat</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Impor</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Sinkronisasi</translation>
    </message>
    <message>
        <source>Recap</source>
        <translation>Rekap</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Pengaturan</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>Queue mode</source>
        <translation>Mode antrean</translation>
    </message>
</context>
<context>
    <name>PassphrasePair</name>
    <message>
        <source>several words</source>
        <translation>beberapa kata</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>Ketik sekali lagi</translation>
    </message>
    <message>
        <source>Suggest words</source>
        <translation>Usulkan kata</translation>
    </message>
    <message>
        <source>The two differ. Type the same passphrase twice.</source>
        <translation>Keduanya berbeda. Ketik kata sandi yang sama dua kali.</translation>
    </message>
    <message>
        <source>Strength: too weak, Payung does not take it</source>
        <translation>Kekuatan: terlalu lemah, belum diterima</translation>
    </message>
    <message>
        <source>Strength: fair. One or two words more make it strong</source>
        <translation>Kekuatan: cukup. Tambah satu dua kata agar kuat</translation>
    </message>
    <message>
        <source>Strength: strong</source>
        <translation>Kekuatan: kuat</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>People and passphrases</source>
        <translation>Pengguna &amp; kata sandi</translation>
    </message>
    <message>
        <source>Remove this person…</source>
        <translation>Hapus pengguna ini…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Peran</translation>
    </message>
    <message>
        <source>Passphrase of the new person</source>
        <translation>Kata sandi pengguna baru</translation>
    </message>
    <message>
        <source>Add this person</source>
        <translation>Tambah pengguna</translation>
    </message>
    <message>
        <source>Your passphrase now</source>
        <translation>Kata sandi Anda sekarang</translation>
    </message>
    <message>
        <source>Your new passphrase</source>
        <translation>Kata sandi baru</translation>
    </message>
    <message>
        <source>Change my passphrase</source>
        <translation>Ganti kata sandi saya</translation>
    </message>
    <message>
        <source>People who may open this laptop</source>
        <translation>Pengguna yang boleh membuka laptop ini</translation>
    </message>
    <message>
        <source>Add somebody</source>
        <translation>Tambah pengguna</translation>
    </message>
    <message>
        <source>Everybody opens Payung with a passphrase of their own. Do not share yours.</source>
        <translation>Setiap orang membuka Payung dengan kata sandinya sendiri. Jangan bagikan kata sandi Anda.</translation>
    </message>
    <message>
        <source>Only the ketua adds or removes people.</source>
        <translation>Hanya ketua yang menambah atau menghapus pengguna.</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Anda</translation>
    </message>
    <message>
        <source>{name} can open nothing here any more. What they typed stays. The laptop gets a new key: Payung locks, and everybody else opens it with the passphrase they have. Old backups still open with the old one.</source>
        <translation>{name} tidak dapat lagi membuka apa pun di sini. Isiannya tetap ada. Laptop mendapat kunci baru: Payung terkunci, lalu yang lain membukanya dengan kata sandi masing-masing. Cadangan lama masih terbuka dengan kata sandinya yang lama.</translation>
    </message>
    <message>
        <source>Remove {name}?</source>
        <translation>Hapus {name}?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Do not remove</source>
        <translation>Jangan hapus</translation>
    </message>
    <message>
        <source>{name} can no longer open this laptop. Open it with your passphrase.</source>
        <translation>{name} tidak dapat lagi membuka laptop ini. Buka dengan kata sandi Anda.</translation>
    </message>
    <message>
        <source>{name} can open this laptop now.</source>
        <translation>{name} sekarang dapat membuka laptop ini.</translation>
    </message>
    <message>
        <source>Type the passphrase you have now.</source>
        <translation>Ketik kata sandi Anda yang sekarang.</translation>
    </message>
    <message>
        <source>Your new passphrase holds from now on.</source>
        <translation>Kata sandi baru Anda berlaku mulai sekarang.</translation>
    </message>
</context>
<context>
    <name>PracticeBand</name>
    <message>
        <source>PRACTICE — sample data, nothing is sent</source>
        <translation>LATIHAN — data contoh, tidak dikirim</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Kosongkan</translation>
    </message>
    <message>
        <source>Take away everything that was practised and begin anew</source>
        <translation>Hapus semua yang dilatih dan mulai dari awal</translation>
    </message>
    <message>
        <source>End practice</source>
        <translation>Selesai latihan</translation>
    </message>
    <message>
        <source>Leave the practice; what was practised is taken away</source>
        <translation>Tinggalkan latihan; semua yang dilatih dihapus</translation>
    </message>
</context>
<context>
    <name>PracticeStep</name>
    <message>
        <source>Try it once</source>
        <translation>Coba satu kali</translation>
    </message>
    <message>
        <source>16 figures</source>
        <translation>16 angka</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Nama lengkap</translation>
    </message>
    <message>
        <source>as on the KTP</source>
        <translation>sesuai KTP</translation>
    </message>
    <message>
        <source>Place of birth</source>
        <translation>Tempat lahir</translation>
    </message>
    <message>
        <source>Fill in a sample</source>
        <translation>Isi dengan contoh</translation>
    </message>
    <message>
        <source>Save and see the certificate</source>
        <translation>Simpan dan lihat sertifikat</translation>
    </message>
    <message>
        <source>The certificate, marked CONTOH</source>
        <translation>Sertifikat bertanda CONTOH</translation>
    </message>
    <message>
        <source>This laptop is ready. Enrol an invented person and look at the certificate: it is marked CONTOH, stays in the practice and is never sent. You may also begin to work at once.</source>
        <translation>Laptop ini siap. Daftarkan satu orang rekaan dan lihat sertifikatnya: bertanda CONTOH, tetap di latihan, tidak pernah dikirim. Anda juga boleh langsung bekerja.</translation>
    </message>
    <message>
        <source>Begin to work</source>
        <translation>Mulai bekerja</translation>
    </message>
    <message>
        <source>Skip and begin to work</source>
        <translation>Lewati dan mulai bekerja</translation>
    </message>
    <message>
        <source>A moment, the practice is made…</source>
        <translation>Sebentar, latihan sedang disiapkan…</translation>
    </message>
    <message>
        <source>Saved in the practice. This is how a certificate looks.</source>
        <translation>Tersimpan di latihan. Beginilah sertifikatnya.</translation>
    </message>
</context>
<context>
    <name>Practising</name>
    <message>
        <source>Practice mode</source>
        <translation>Mode latihan</translation>
    </message>
    <message>
        <source>Begin to practise</source>
        <translation>Mulai latihan</translation>
    </message>
    <message>
        <source>Practise with sample data, apart from your own: type officers, print certificates marked CONTOH. Nothing is sent. When you leave the practice, everything in it is taken away.</source>
        <translation>Berlatih dengan data contoh, terpisah dari data Anda: ketik petugas, cetak sertifikat bertanda CONTOH. Tidak ada yang dikirim. Saat latihan selesai, semua isinya dihapus.</translation>
    </message>
    <message>
        <source>Payung is locked for it; afterwards you open it with your passphrase again.</source>
        <translation>Payung dikunci selama latihan; sesudahnya Anda membukanya lagi dengan kata sandi.</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Preview</source>
        <translation>Pratinjau</translation>
    </message>
    <message>
        <source>Previous sheet (PgUp)</source>
        <translation>Lembar sebelumnya (PgUp)</translation>
    </message>
    <message>
        <source>Next sheet (PgDn)</source>
        <translation>Lembar berikutnya (PgDn)</translation>
    </message>
    <message>
        <source>Larger or whole sheet</source>
        <translation>Perbesar atau seluruh lembar</translation>
    </message>
    <message>
        <source>Sheet {number} of {count}</source>
        <translation>Lembar {number} dari {count}</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Preparing the practice…</source>
        <translation>Menyiapkan latihan…</translation>
    </message>
    <message>
        <source>Something in Payung went wrong. Your data are safe on this laptop.</source>
        <translation>Ada yang tidak beres di Payung. Data Anda aman di laptop ini.</translation>
    </message>
    <message>
        <source>Close Payung and open it again. Report for the office: {path}</source>
        <translation>Tutup Payung lalu buka lagi. Laporan untuk kantor kabupaten: {path}</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Back</source>
        <translation>Mundur</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Mundur</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Maju</translation>
    </message>
    <message>
        <source>Go forward</source>
        <translation>Maju</translation>
    </message>
    <message>
        <source>Parent Directory</source>
        <translation>Folder di atas</translation>
    </message>
    <message>
        <source>Go to the parent directory</source>
        <translation>Ke folder di atas</translation>
    </message>
    <message>
        <source>Create New Folder</source>
        <translation>Buat folder baru</translation>
    </message>
    <message>
        <source>Create a New Folder</source>
        <translation>Buat folder baru</translation>
    </message>
    <message>
        <source>List View</source>
        <translation>Daftar</translation>
    </message>
    <message>
        <source>Change to list view mode</source>
        <translation>Tampilkan sebagai daftar</translation>
    </message>
    <message>
        <source>Detail View</source>
        <translation>Rincian</translation>
    </message>
    <message>
        <source>Change to detail view mode</source>
        <translation>Tampilkan dengan rincian</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Bilah samping</translation>
    </message>
    <message>
        <source>List of places and bookmarks</source>
        <translation>Daftar tempat</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Berkas</translation>
    </message>
    <message>
        <source>&amp;Look in:</source>
        <translation>&amp;Cari di:</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>&amp;Jenis berkas:</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>&amp;Nama berkas:</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>Folder:</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Buka</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Simpan</translation>
    </message>
    <message>
        <source>&amp;Choose</source>
        <translation>&amp;Pilih</translation>
    </message>
    <message>
        <source>Save As</source>
        <translation>Simpan sebagai</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Buka</translation>
    </message>
    <message>
        <source>All Files (*)</source>
        <translation>Semua berkas (*)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Semua berkas (*)</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>Folder</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>Ganti &amp;nama</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Hapus</translation>
    </message>
    <message>
        <source>Show &amp;hidden files</source>
        <translation>Tampilkan berkas &amp;tersembunyi</translation>
    </message>
    <message>
        <source>&amp;New Folder</source>
        <translation>Folder &amp;baru</translation>
    </message>
    <message>
        <source>New Folder</source>
        <translation>Folder baru</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Keluarkan</translation>
    </message>
    <message>
        <source>My Computer</source>
        <translation>Komputer ini</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>Komputer</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>Disk</translation>
    </message>
    <message>
        <source>Recent Places</source>
        <translation>Tempat terakhir</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 sudah ada.
Ganti dengan yang baru?</translation>
    </message>
    <message>
        <source>%1
Directory not found.
Please verify the correct directory name was given.</source>
        <translation>%1
Folder tidak ditemukan.
Periksa lagi nama foldernya.</translation>
    </message>
    <message>
        <source>%1
File not found.
Please verify the correct file name was given.</source>
        <translation>%1
Berkas tidak ditemukan.
Periksa lagi nama berkasnya.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is write protected.
Do you want to delete it anyway?</source>
        <translation>&apos;%1&apos; dilindungi.
Tetap hapus?</translation>
    </message>
    <message>
        <source>Are you sure you want to delete &apos;%1&apos;?</source>
        <translation>Hapus &apos;%1&apos;?</translation>
    </message>
    <message>
        <source>Could not delete directory.</source>
        <translation>Folder tidak dapat dihapus. Tutup berkas di dalamnya dulu.</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Ukuran</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Jenis</translation>
    </message>
    <message>
        <source>Date Modified</source>
        <translation>Tanggal diubah</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Urungkan</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>U&amp;langi</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>Po&amp;tong</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Salin</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Tempel</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Hapus</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Pilih semua</translation>
    </message>
</context>
<context>
    <name>QMessageBox</name>
    <message>
        <source>Show Details...</source>
        <translation>Tampilkan rincian...</translation>
    </message>
    <message>
        <source>Hide Details...</source>
        <translation>Sembunyikan rincian...</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Simpan</translation>
    </message>
    <message>
        <source>Save All</source>
        <translation>Simpan semua</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Buka</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>&amp;Ya</translation>
    </message>
    <message>
        <source>Yes to &amp;All</source>
        <translation>Ya untuk &amp;semua</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>&amp;Tidak</translation>
    </message>
    <message>
        <source>N&amp;o to All</source>
        <translation>T&amp;idak untuk semua</translation>
    </message>
    <message>
        <source>Abort</source>
        <translation>Hentikan</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Coba lagi</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Abaikan</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Batal</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Buang</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Bantuan</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Terapkan</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Setel ulang</translation>
    </message>
    <message>
        <source>Restore Defaults</source>
        <translation>Kembalikan semula</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Follow the KTP</source>
        <translation>Ikuti KTP</translation>
    </message>
    <message>
        <source>Date of birth differs from the NIK</source>
        <translation>Tanggal lahir berbeda dengan NIK</translation>
    </message>
    <message>
        <source>NIK: {said}. Compare with the KTP.</source>
        <translation>NIK: {said}. Cocokkan dengan KTP.</translation>
    </message>
    <message>
        <source>Use {said}</source>
        <translation>Pakai {said}</translation>
    </message>
    <message>
        <source>Sex differs from the NIK</source>
        <translation>Jenis kelamin berbeda dengan NIK</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>Laki-laki</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>Perempuan</translation>
    </message>
    <message>
        <source>Please check</source>
        <translation>Perlu dicocokkan</translation>
    </message>
    <message>
        <source>Compared, it is right</source>
        <translation>Sudah dicocokkan</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Ubah</translation>
    </message>
</context>
<context>
    <name>QueueMode</name>
    <message>
        <source>{number}: {name}</source>
        <translation>{number}: {name}</translation>
    </message>
    <message>
        <source>This record gets no certificate yet. Complete it first.</source>
        <translation>Data ini belum mendapat sertifikat. Lengkapi dahulu.</translation>
    </message>
    <message>
        <source>Open the PDF</source>
        <translation>Buka PDF</translation>
    </message>
    <message>
        <source>Sent to the printer {printer}.</source>
        <translation>Dikirim ke printer {printer}.</translation>
    </message>
</context>
<context>
    <name>QueuePane</name>
    <message>
        <source>Close the queue</source>
        <translation>Tutup antrean</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Cetak</translation>
    </message>
    <message>
        <source>A NIK, or part of a name</source>
        <translation>NIK, atau bagian nama</translation>
    </message>
    <message>
        <source>Found on this laptop</source>
        <translation>Ditemukan di laptop ini</translation>
    </message>
    <message>
        <source>Fill in</source>
        <translation>Isi data</translation>
    </message>
    <message>
        <source>Served today</source>
        <translation>Dilayani hari ini</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Antrean</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Tempat</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Jabatan</translation>
    </message>
    <message>
        <source>Find: NIK or name</source>
        <translation>Cari NIK atau nama</translation>
    </message>
    <message>
        <source>Somebody who is not listed yet</source>
        <translation>Orang yang belum terdaftar</translation>
    </message>
    <message>
        <source>Next: {number}</source>
        <translation>Berikutnya: {number}</translation>
    </message>
    <message>
        <source>{count} served today</source>
        <translation>{count} dilayani hari ini</translation>
    </message>
    <message>
        <source>Nobody found. Choose place and post below, then press Enter.</source>
        <translation>Belum ditemukan. Pilih tempat dan jabatan di bawah, lalu tekan Enter.</translation>
    </message>
    <message>
        <source>All filled</source>
        <translation>Sudah penuh</translation>
    </message>
</context>
<context>
    <name>ReasonPanel</name>
    <message>
        <source>Reason</source>
        <translation>Alasan</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Cabut data</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Tidak jadi</translation>
    </message>
    <message>
        <source>Write the reason, for example: enrolled by mistake.</source>
        <translation>Tulis alasannya, misalnya: salah orang.</translation>
    </message>
</context>
<context>
    <name>RecapPage</name>
    <message>
        <source>Make the recap PDF</source>
        <translation>Buat PDF rekap</translation>
    </message>
    <message>
        <source>Export to Excel</source>
        <translation>Ekspor ke Excel</translation>
    </message>
    <message>
        <source>Counted from what stands on this laptop now.</source>
        <translation>Dihitung dari data yang ada di laptop ini sekarang.</translation>
    </message>
    <message>
        <source>How far every place has come</source>
        <translation>Kelengkapan setiap tempat</translation>
    </message>
    <message>
        <source>Excel workbooks (*.xlsx)</source>
        <translation>Buku kerja Excel (*.xlsx)</translation>
    </message>
    <message>
        <source>The recap has been made</source>
        <translation>Rekap sudah dibuat</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>Buka berkasnya</translation>
    </message>
</context>
<context>
    <name>RecapTable</name>
    <message>
        <source>Filled</source>
        <translation>Terisi</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Terkirim</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>Tercetak</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Tempat</translation>
    </message>
</context>
<context>
    <name>RecoveryPage</name>
    <message>
        <source>Your name on this laptop</source>
        <translation>Nama Anda di laptop ini</translation>
    </message>
    <message>
        <source>Write the request to a stick…</source>
        <translation>Tulis permintaan ke flashdisk…</translation>
    </message>
    <message>
        <source>Show it as a QR code</source>
        <translation>Tunjukkan sebagai kode QR</translation>
    </message>
    <message>
        <source>The request as a QR code, to be scanned by the office</source>
        <translation>Permintaan sebagai kode QR, untuk dipindai kantor</translation>
    </message>
    <message>
        <source>Read the office&apos;s answer…</source>
        <translation>Baca jawaban kantor…</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>Kata sandi baru</translation>
    </message>
    <message>
        <source>several words</source>
        <translation>beberapa kata</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>Sekali lagi kata sandi itu</translation>
    </message>
    <message>
        <source>Suggest words</source>
        <translation>Sarankan kata</translation>
    </message>
    <message>
        <source>Use the new passphrase</source>
        <translation>Pakai kata sandi baru</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>3. Choose a new passphrase</source>
        <translation>3. Pilih kata sandi baru</translation>
    </message>
    <message>
        <source>The office that set this laptop up can let you in again. Nothing on the laptop is lost, and no network is needed.</source>
        <translation>Kantor yang menyiapkan laptop ini dapat membukakannya lagi untuk Anda. Data di laptop tetap ada, dan internet tidak diperlukan.</translation>
    </message>
    <message>
        <source>Carry the file to the office with the recovery card, or send it. It holds nothing secret.</source>
        <translation>Bawa berkasnya ke kantor bersama kartu pemulihan, atau kirimkan. Isinya tidak rahasia.</translation>
    </message>
    <message>
        <source>Forgot the passphrase?</source>
        <translation>Lupa kata sandi?</translation>
    </message>
    <message>
        <source>1. Ask the office</source>
        <translation>1. Minta ke kantor</translation>
    </message>
    <message>
        <source>2. Read its answer</source>
        <translation>2. Baca jawabannya</translation>
    </message>
    <message>
        <source>A request of {name} waits for its answer. Its code: {code}</source>
        <translation>Permintaan {name} menunggu jawaban. Kodenya: {code}</translation>
    </message>
    <message>
        <source>Type your name as it stands at unlocking.</source>
        <translation>Isi nama Anda seperti yang tertulis saat membuka Payung.</translation>
    </message>
    <message>
        <source>The office scans this picture, or its photo. Its code: {code}. The office sees the same code.</source>
        <translation>Kantor memindai gambar ini atau fotonya. Kodenya: {code}. Kantor melihat kode yang sama.</translation>
    </message>
    <message>
        <source>The request is too long for a picture. Write it to a stick.</source>
        <translation>Permintaan ini terlalu panjang untuk gambar. Tulis ke flashdisk.</translation>
    </message>
    <message>
        <source>The request lies at {path}. Its code: {code}. The office sees the same code.</source>
        <translation>Permintaan ada di {path}. Kodenya: {code}. Kantor melihat kode yang sama.</translation>
    </message>
    <message>
        <source>The answer fits this laptop.</source>
        <translation>Jawaban ini cocok dengan laptop ini.</translation>
    </message>
    <message>
        <source>The two differ. Type the same passphrase twice.</source>
        <translation>Keduanya berbeda. Ketik kata sandi yang sama dua kali.</translation>
    </message>
    <message>
        <source>Where to write the request</source>
        <translation>Tempat menulis permintaan</translation>
    </message>
    <message>
        <source>Recovery files (*{suffix})</source>
        <translation>Berkas pemulihan (*{suffix})</translation>
    </message>
    <message>
        <source>The office&apos;s answer</source>
        <translation>Jawaban kantor</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Problem report</source>
        <translation>Laporan masalah</translation>
    </message>
    <message>
        <source>Where to write the report</source>
        <translation>Tempat menulis laporan</translation>
    </message>
    <message>
        <source>Write the report…</source>
        <translation>Simpan laporan…</translation>
    </message>
    <message>
        <source>When something does not work, write a report and give it to the office. It holds the version of Payung, numbers, and what the program did. It holds no name, no NIK and no passphrase; you can read it with any text program before you pass it on.</source>
        <translation>Bila ada yang tidak berjalan, simpan laporan dan berikan ke kantor. Isinya versi Payung, angka-angka, dan apa yang dikerjakan program. Di dalamnya tidak ada nama, NIK, atau kata sandi; Anda dapat membacanya dulu dengan program teks apa pun.</translation>
    </message>
    <message>
        <source>The report lies at {path}.</source>
        <translation>Laporan ada di {path}.</translation>
    </message>
</context>
<context>
    <name>RescuePage</name>
    <message>
        <source>Type the passphrase you open Payung with.</source>
        <translation>Ketik kata sandi yang Anda pakai untuk membuka Payung.</translation>
    </message>
    <message>
        <source>Looking at the data…</source>
        <translation>Memeriksa data…</translation>
    </message>
    <message>
        <source>Type your passphrase so that Payung can look at the data.</source>
        <translation>Ketik kata sandi Anda agar Payung dapat memeriksa data.</translation>
    </message>
    <message>
        <source>No backup was found on this laptop. Plug in the stick with the backups and choose one.</source>
        <translation>Belum ada cadangan di laptop ini. Pasang flashdisk berisi cadangan, lalu pilih berkasnya.</translation>
    </message>
    <message>
        <source>on the stick</source>
        <translation>di flashdisk</translation>
    </message>
    <message>
        <source>on this laptop</source>
        <translation>di laptop ini</translation>
    </message>
    <message>
        <source>Backup of {at}: {records} officers, {place}.</source>
        <translation>Cadangan {at}: {records} petugas, {place}.</translation>
    </message>
    <message>
        <source>What was typed after {at} is not in this backup. The data as they are now are kept in a folder beside.</source>
        <translation>Isian sesudah {at} tidak ada di cadangan ini. Data yang sekarang tetap disimpan di folder di sampingnya.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Pulihkan</translation>
    </message>
    <message>
        <source>Do not restore</source>
        <translation>Jangan pulihkan</translation>
    </message>
    <message>
        <source>Go back to this backup?</source>
        <translation>Kembali ke cadangan ini?</translation>
    </message>
    <message>
        <source>Type the passphrase you had when the backup was made.</source>
        <translation>Ketik kata sandi yang Anda pakai saat cadangan ini dibuat.</translation>
    </message>
    <message>
        <source>Restored: {records} officers.</source>
        <translation>Dipulihkan: {records} petugas.</translation>
    </message>
    <message>
        <source>{saved} officers saved, {lost} lost, {back} as they were in an earlier version.</source>
        <translation>{saved} petugas diselamatkan, {lost} hilang, {back} kembali ke versi sebelumnya.</translation>
    </message>
    <message>
        <source>The data as they were lie in {folder}.</source>
        <translation>Data yang lama ada di folder {folder}.</translation>
    </message>
    <message>
        <source>{count} officers can be read. Nothing was changed.</source>
        <translation>{count} petugas masih terbaca. Tidak ada yang diubah.</translation>
    </message>
    <message>
        <source>{count} cannot be read.</source>
        <translation>{count} tidak terbaca.</translation>
    </message>
    <message>
        <source>Backups of Payung (*{suffix})</source>
        <translation>Cadangan Payung (*{suffix})</translation>
    </message>
    <message>
        <source>Which backup</source>
        <translation>Cadangan yang mana</translation>
    </message>
</context>
<context>
    <name>RescueParts</name>
    <message>
        <source>Your passphrase</source>
        <translation>Kata sandi Anda</translation>
    </message>
    <message>
        <source>Look closer</source>
        <translation>Periksa</translation>
    </message>
    <message>
        <source>Restore this backup</source>
        <translation>Pulihkan cadangan ini</translation>
    </message>
    <message>
        <source>Another backup…</source>
        <translation>Cadangan lain…</translation>
    </message>
    <message>
        <source>Save what is undamaged</source>
        <translation>Selamatkan yang masih utuh</translation>
    </message>
    <message>
        <source>Only look at it</source>
        <translation>Lihat saja</translation>
    </message>
    <message>
        <source>Ask the office…</source>
        <translation>Minta bantuan kantor…</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Kembali</translation>
    </message>
    <message>
        <source>Open Payung</source>
        <translation>Buka Payung</translation>
    </message>
    <message>
        <source>Officers that can still be read</source>
        <translation>Petugas yang masih terbaca</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>Pulihkan cadangan</translation>
    </message>
    <message>
        <source>What stands here now is moved into a folder beside it; nothing is deleted.</source>
        <translation>Data yang sekarang dipindahkan ke folder di sampingnya; tidak ada yang dihapus.</translation>
    </message>
    <message>
        <source>Payung reads the damaged file piece by piece and goes on with every officer it can read.</source>
        <translation>Payung membaca berkas yang rusak sepotong demi sepotong dan meneruskan dengan semua petugas yang masih terbaca.</translation>
    </message>
    <message>
        <source>Ask the office</source>
        <translation>Minta bantuan kantor</translation>
    </message>
    <message>
        <source>The office can open this laptop again when a passphrase is forgotten or the key file is gone.</source>
        <translation>Kantor dapat membuka laptop ini lagi bila kata sandi terlupa atau berkas kuncinya hilang.</translation>
    </message>
    <message>
        <source>A new kit, if you have one</source>
        <translation>Berkas penyiapan baru, bila sudah ada</translation>
    </message>
    <message>
        <source>Without it you can go on typing; sending and printing wait for it. It can be added later.</source>
        <translation>Tanpa itu Anda tetap dapat mengisi; mengirim dan mencetak menunggu berkas itu. Boleh menyusul.</translation>
    </message>
    <message>
        <source>The data on this laptop need help</source>
        <translation>Data di laptop ini perlu ditolong</translation>
    </message>
    <message>
        <source>Do not delete anything. Payung changes nothing before you say so.</source>
        <translation>Jangan hapus apa pun. Payung tidak mengubah apa pun sebelum Anda memintanya.</translation>
    </message>
</context>
<context>
    <name>Roster</name>
    <message>
        <source>Empty</source>
        <translation>Kosong</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Draf</translation>
    </message>
    <message>
        <source>Ready to send</source>
        <translation>Siap kirim</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Terkirim</translation>
    </message>
    <message>
        <source>Being checked</source>
        <translation>Diperiksa</translation>
    </message>
    <message>
        <source>To be mended</source>
        <translation>Perbaiki</translation>
    </message>
    <message>
        <source>Two versions</source>
        <translation>Dua versi</translation>
    </message>
    <message>
        <source>NIK twice</source>
        <translation>NIK ganda</translation>
    </message>
    <message>
        <source>Not filled yet — Enter to fill in</source>
        <translation>Belum diisi — Enter untuk mengisi</translation>
    </message>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Jabatan</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nama</translation>
    </message>
    <message>
        <source>NIK</source>
        <translation>NIK</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>{count} people</source>
        <translation>{count} orang</translation>
    </message>
    <message>
        <source>decree of {office}</source>
        <translation>SK {office}</translation>
    </message>
</context>
<context>
    <name>RosterPanel</name>
    <message>
        <source>Go to polling station</source>
        <translation>Pindah TPS</translation>
    </message>
    <message>
        <source>Queue mode</source>
        <translation>Mode antrean</translation>
    </message>
    <message>
        <source>Queue mode (Ctrl+Q)</source>
        <translation>Mode antrean (Ctrl+Q)</translation>
    </message>
    <message>
        <source>Print certificates</source>
        <translation>Cetak sertifikat</translation>
    </message>
    <message>
        <source>What to do with this seat</source>
        <translation>Tindakan untuk kursi ini</translation>
    </message>
    <message>
        <source>{filled} of {total}</source>
        <translation>{filled} dari {total}</translation>
    </message>
    <message>
        <source>Officers of {unit}</source>
        <translation>Petugas {unit}</translation>
    </message>
    <message>
        <source>{count} to be looked at</source>
        <translation>{count} petugas perlu diperiksa</translation>
    </message>
    <message>
        <source>{seat}: {status}</source>
        <translation>{seat}: {status}</translation>
    </message>
    <message>
        <source>Choose the row to look at it.</source>
        <translation>Pilih baris itu untuk memeriksa.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Batalkan</translation>
    </message>
    <message>
        <source>Leave there</source>
        <translation>Tidak jadi pindah</translation>
    </message>
    <message>
        <source>Open the PDF</source>
        <translation>Buka PDF</translation>
    </message>
    <message>
        <source>Save elsewhere…</source>
        <translation>Simpan di tempat lain…</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Cetak</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>Without a name yet</source>
        <translation>Belum ada nama</translation>
    </message>
    <message>
        <source>Open the polling station</source>
        <translation>Buka TPS</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search a name or NIK (Ctrl+F)</source>
        <translation>Cari nama atau NIK (Ctrl+F)</translation>
    </message>
    <message>
        <source>Search a name or NIK…</source>
        <translation>Cari nama atau NIK…</translation>
    </message>
    <message>
        <source>Search a name, NIK, polling station or certificate number</source>
        <translation>Cari nama, NIK, TPS, atau nomor sertifikat</translation>
    </message>
</context>
<context>
    <name>SeatActs</name>
    <message>
        <source>{seat} emptied: {name}</source>
        <translation>{seat} dikosongkan: {name}</translation>
    </message>
    <message>
        <source>no name yet</source>
        <translation>belum ada nama</translation>
    </message>
    <message>
        <source>{seat} withdrawn: {name}</source>
        <translation>{seat} dicabut: {name}</translation>
    </message>
    <message>
        <source>Moving: {name}</source>
        <translation>Memindahkan: {name}</translation>
    </message>
    <message>
        <source>{seat}, {unit}. Choose the new seat, here or at another place, then press Ctrl+V.</source>
        <translation>{seat}, {unit}. Pilih kursi baru di sini atau di TPS lain, lalu tekan Ctrl+V.</translation>
    </message>
    <message>
        <source>{name} moved to {seat}, {unit}</source>
        <translation>{name} dipindahkan ke {seat}, {unit}</translation>
    </message>
    <message>
        <source>Officer moved to {seat}, {unit}</source>
        <translation>Petugas dipindahkan ke {seat}, {unit}</translation>
    </message>
    <message>
        <source>Withdraw {name} from {seat}?</source>
        <translation>Cabut {name} dari {seat}?</translation>
    </message>
    <message>
        <source>This record was sent. The office is told, with your reason.</source>
        <translation>Data ini sudah terkirim. Kantor diberi tahu beserta alasan Anda.</translation>
    </message>
    <message>
        <source>Taken back. The seat is as it was.</source>
        <translation>Sudah dibatalkan. Kursi kembali seperti semula.</translation>
    </message>
    <message>
        <source>The officer stays on the old seat</source>
        <translation>Petugas tetap di kursi semula</translation>
    </message>
</context>
<context>
    <name>SeatMenu</name>
    <message>
        <source>What to do with this seat</source>
        <translation>Tindakan untuk kursi ini</translation>
    </message>
    <message>
        <source>Fill in or correct</source>
        <translation>Isi atau ubah</translation>
    </message>
    <message>
        <source>Move elsewhere</source>
        <translation>Pindahkan</translation>
    </message>
    <message>
        <source>Put the officer here</source>
        <translation>Taruh di sini</translation>
    </message>
    <message>
        <source>Replace the officer (PAW)</source>
        <translation>Ganti petugas (PAW)</translation>
    </message>
    <message>
        <source>Empty the seat</source>
        <translation>Kosongkan</translation>
    </message>
</context>
<context>
    <name>SecondKeying</name>
    <message>
        <source>Key the NIK once more</source>
        <translation>Ketik NIK sekali lagi</translation>
    </message>
    <message>
        <source>Read it from the KTP again, not from memory.</source>
        <translation>Baca lagi dari KTP, jangan dari ingatan.</translation>
    </message>
    <message>
        <source>The two differ: {groups}</source>
        <translation>Keduanya berbeda: {groups}</translation>
    </message>
    <message>
        <source>Compare with the KTP, then key the NIK once more.</source>
        <translation>Cocokkan dengan KTP, lalu ketik NIK sekali lagi.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Parts of the settings</source>
        <translation>Bagian pengaturan</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Understood</source>
        <translation>Mengerti</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>Continue</source>
        <translation>Lanjut</translation>
    </message>
</context>
<context>
    <name>StickCard</name>
    <message>
        <source>USB stick</source>
        <translation>Flashdisk (USB)</translation>
    </message>
    <message>
        <source>Write to the stick</source>
        <translation>Tulis ke flashdisk</translation>
    </message>
    <message>
        <source>Read the stick</source>
        <translation>Baca flashdisk</translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation>Folder lain…</translation>
    </message>
    <message>
        <source>Write sealed packets to a stick, take it to the kecamatan office, and bring the receipts back.</source>
        <translation>Tulis paket tersegel ke flashdisk, bawa ke kantor kecamatan, lalu bawa pulang tanda terimanya.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Siap</translation>
    </message>
    <message>
        <source>Plug in a stick</source>
        <translation>Colok flashdisk</translation>
    </message>
    <message>
        <source>Writing {done} of {total}</source>
        <translation>Menulis {done} dari {total}</translation>
    </message>
    <message>
        <source>Reading {done} of {total}</source>
        <translation>Membaca {done} dari {total}</translation>
    </message>
    <message>
        <source>Delivering for others</source>
        <translation>Mengantar paket lain</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>Menulis…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Membaca…</translation>
    </message>
    <message>
        <source>May be pulled out</source>
        <translation>Boleh dicabut</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>State of saving and sending</source>
        <translation>Status penyimpanan dan pengiriman</translation>
    </message>
    <message>
        <source>Send by USB stick</source>
        <translation>Kirim lewat USB</translation>
    </message>
    <message>
        <source>Practice: nothing is sent</source>
        <translation>Latihan: tidak ada yang dikirim</translation>
    </message>
    <message>
        <source>Nothing waits to be sent</source>
        <translation>Tidak ada yang menunggu kirim</translation>
    </message>
    <message>
        <source>{count} waiting to be sent</source>
        <translation>{count} menunggu kirim</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Belum pernah terkirim</translation>
    </message>
    <message>
        <source>Last sent {when}</source>
        <translation>Terkirim terakhir {when}</translation>
    </message>
    <message>
        <source>Saved {time}</source>
        <translation>Tersimpan {time}</translation>
    </message>
    <message>
        <source>Not connected yet</source>
        <translation>Belum tersambung</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Mengirim…</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>Tersambung</translation>
    </message>
    <message>
        <source>No internet</source>
        <translation>Tidak ada internet</translation>
    </message>
    <message>
        <source>The server does not answer yet</source>
        <translation>Server belum menjawab</translation>
    </message>
    <message>
        <source>The office must look at this laptop</source>
        <translation>Kantor perlu memeriksa laptop ini</translation>
    </message>
    <message>
        <source>today {clock}</source>
        <translation>hari ini {clock}</translation>
    </message>
    <message>
        <source>yesterday {clock}</source>
        <translation>kemarin {clock}</translation>
    </message>
</context>
<context>
    <name>Sync</name>
    <message>
        <source>without a name</source>
        <translation>tanpa nama</translation>
    </message>
    <message>
        <source>Packet {number}</source>
        <translation>Paket {number}</translation>
    </message>
    <message>
        <source>{count} officers</source>
        <translation>{count} petugas</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Belum dikirim</translation>
    </message>
    <message>
        <source>{good} accepted · {open} to be mended</source>
        <translation>{good} diterima · {open} perlu perbaikan</translation>
    </message>
    <message>
        <source>Receipt {receipt} · {when}</source>
        <translation>Tanda terima {receipt} · {when}</translation>
    </message>
    <message>
        <source>Next packet</source>
        <translation>Paket berikut</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Bandingkan</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Periksa</translation>
    </message>
    <message>
        <source>Mend</source>
        <translation>Perbaiki</translation>
    </message>
    <message>
        <source>changed since</source>
        <translation>sudah diubah lagi</translation>
    </message>
    <message>
        <source>{places} and others</source>
        <translation>{places} dan lainnya</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Choose the stick</source>
        <translation>Pilih flashdisk</translation>
    </message>
</context>
<context>
    <name>Tiles</name>
    <message>
        <source>{title}, {filled} of {total} officers</source>
        <translation>{title}, {filled} dari {total} petugas</translation>
    </message>
    <message>
        <source>{count} to be mended</source>
        <translation>{count} perlu diperbaiki</translation>
    </message>
    <message>
        <source>Polling stations and places</source>
        <translation>TPS dan satuan lain</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Lock</source>
        <translation>Kunci</translation>
    </message>
    <message>
        <source>Help for this page (F1)</source>
        <translation>Bantuan untuk halaman ini (F1)</translation>
    </message>
</context>
<context>
    <name>TpsList</name>
    <message>
        <source>{title}, {filled} of {total} officers</source>
        <translation>{title}, {filled} dari {total} petugas</translation>
    </message>
    <message>
        <source>List of polling stations</source>
        <translation>Daftar TPS</translation>
    </message>
    <message>
        <source>Polling stations</source>
        <translation>Daftar TPS</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>Semua {count}</translation>
    </message>
    <message>
        <source>Unfinished {count}</source>
        <translation>Belum lengkap {count}</translation>
    </message>
</context>
<context>
    <name>UnlockPage</name>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;Kata sandi</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Tampilkan</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Buka</translation>
    </message>
    <message>
        <source>Enrolment of ad-hoc election officers</source>
        <translation>Pendaftaran petugas badan ad hoc pemilu</translation>
    </message>
    <message>
        <source>&amp;Who is working?</source>
        <translation>&amp;Siapa yang bekerja?</translation>
    </message>
    <message>
        <source>Forgot the passphrase?</source>
        <translation>Lupa kata sandi?</translation>
    </message>
    <message>
        <source>Help (F1)</source>
        <translation>Bantuan (F1)</translation>
    </message>
    <message>
        <source>See what can be done</source>
        <translation>Lihat jalan keluarnya</translation>
    </message>
    <message>
        <source>Several tries did not match.</source>
        <translation>Beberapa kali kata sandi belum cocok.</translation>
    </message>
    <message>
        <source>The passphrase does not match. Check the Caps Lock key.</source>
        <translation>Kata sandi belum cocok. Periksa tombol Caps Lock.</translation>
    </message>
    <message>
        <source>You may try again now.</source>
        <translation>Anda boleh mencoba lagi sekarang.</translation>
    </message>
    <message>
        <source>Try again in {minutes} minutes {seconds} seconds.</source>
        <translation>Coba lagi dalam {minutes} menit {seconds} detik.</translation>
    </message>
    <message>
        <source>Try again in {seconds} seconds.</source>
        <translation>Coba lagi dalam {seconds} detik.</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Membuka…</translation>
    </message>
    <message>
        <source>Caps Lock is on.</source>
        <translation>Tombol Caps Lock sedang menyala.</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Sembunyikan</translation>
    </message>
</context>
<context>
    <name>_PacketRow</name>
    <message>
        <source>Waiting</source>
        <translation>Menunggu</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Diterima</translation>
    </message>
    <message>
        <source>Partly received</source>
        <translation>Diterima sebagian</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Tutup</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Rincian</translation>
    </message>
    <message>
        <source>Mend</source>
        <translation>Perbaiki</translation>
    </message>
</context>
</TS>
